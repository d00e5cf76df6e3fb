import { need, readJson } from "../lib/dom.js";

/** @type {Record<string, string>} */
const words = readJson("words");

/**
 * A sentence of the page's language, with its values put in.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function tell(key, values = {}) {
  return (words[key] || key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Say something to those who do not see it happen.
 * @param {string} text
 */
export function say(text) {
  const place = need("#say");
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}
