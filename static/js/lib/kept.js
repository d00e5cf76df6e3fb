// What is kept in this browser. Storage may be full, forbidden or broken: then nothing is kept.

/**
 * @param {string} name
 * @returns {any} What was kept under `name`, or null.
 */
export function readKept(name) {
  try {
    return JSON.parse(localStorage.getItem(name) || "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} name
 * @param {unknown} value - null forgets.
 */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing to do: the page works without.
  }
}
