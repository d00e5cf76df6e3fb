import { keep, readKept } from "../lib/kept.js";

const NAME = "deambule.player";

/** @type {{list: boolean, sound: boolean, saver: boolean}} */
export const settings = Object.assign(
  { list: false, sound: false, saver: wantsLess() },
  readKept(NAME),
);

/**
 * Change a setting and remember it on this machine.
 * @param {"list" | "sound" | "saver"} name
 * @param {boolean} value
 */
export function change(name, value) {
  settings[name] = value;
  keep(NAME, settings);
}

/** Whether the browser was told to spare data. */
function wantsLess() {
  const connection = /** @type {any} */ (navigator).connection;
  return Boolean(connection && connection.saveData);
}
