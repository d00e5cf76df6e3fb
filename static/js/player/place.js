/** @import { View } from "./types" */

/** Degrees that a view may have; others are not believed. */
const MOST = /** @type {const} */ ({ yaw: 360, pitch: 90, hfov: 150 });

/**
 * The place that an address names: `?yaw=…&pitch=…&hfov=…#hotspot`.
 * @param {{search: string, hash: string}} address
 * @returns {{view: Partial<View>, hotspot: string} | null}
 */
export function readPlace({ search, hash }) {
  const said = new URLSearchParams(search);
  /** @type {Partial<View>} */
  const view = {};
  for (const [name, most] of Object.entries(MOST)) {
    const value = Number.parseFloat(said.get(name) ?? "");
    if (Math.abs(value) <= most) view[/** @type {keyof View} */ (name)] = value;
  }
  const hotspot = hash.startsWith("#hotspot-") || !/^#[a-z0-9-]+$/.test(hash) ? "" : hash.slice(1);
  return hotspot || Object.keys(view).length ? { view, hotspot } : null;
}
