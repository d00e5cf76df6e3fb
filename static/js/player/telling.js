/** @import { View } from "./types" */

/** Between two views that are told, in milliseconds: eight a second. */
const BEAT = 125;

/** Tells something that changes fast: now and then while it does, and how it comes to rest. */
export class Beat {
  /** @param {() => void} tell */
  constructor(tell) {
    this.tell = tell;
    this.toldAt = 0;
    this.timer = 0;
  }

  /** It has changed. */
  touch() {
    if (this.timer) return;
    const pause = Math.max(0, BEAT - (performance.now() - this.toldAt));
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.toldAt = performance.now();
      this.tell();
    }, pause);
  }
}

/**
 * The address under which somebody stays who shows a tour to others.
 * @param {string} url - of a scene
 * @param {string} base
 */
export function stay(url, base) {
  const { pathname } = new URL(url, location.href);
  const scene = /^\/tours\/([^/]+\/[^/]+)$/.exec(pathname);
  return scene ? `${base}/${scene[1]}` : url;
}

/** @param {View} view @returns {View} */
export function roundedView({ yaw, pitch, hfov }) {
  return { yaw: round(yaw), pitch: round(pitch), hfov: round(hfov) };
}

/** @param {number} degrees */
export function round(degrees) {
  return Math.round(degrees * 100) / 100;
}
