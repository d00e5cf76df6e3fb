/** @import { Viewer } from "./viewer.js" */

const STEP = 12;

/** @type {Record<string, [number, number]>} */
const TURNS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
/** @type {Record<string, number>} */
const ZOOMS = { "+": -10, "=": -10, "-": 10 };

/**
 * Turn the view with the arrow keys while the focus is on it; elsewhere they do what they always do.
 * @param {HTMLElement} place
 * @param {() => Viewer | null} viewer
 * @param {() => void} onEnter - Enter: what is in the middle
 */
export function listenToKeys(place, viewer, onEnter) {
  place.addEventListener("keydown", (event) => {
    const shown = viewer();
    if (!shown || event.ctrlKey || event.altKey || event.metaKey) return;
    const turn = TURNS[event.key];
    if (turn) turnBy(shown, turn);
    else if (ZOOMS[event.key]) shown.zoom(ZOOMS[event.key]);
    else if (event.key === "Enter" && event.target === place) onEnter();
    else return;
    event.preventDefault();
  });
}

/** @param {Viewer} viewer @param {[number, number]} turn */
function turnBy(viewer, [right, up]) {
  const { yaw, pitch, hfov } = viewer.view();
  const step = (STEP * hfov) / 100;
  viewer.look(yaw + right * step, Math.max(-90, Math.min(90, pitch + up * step)), 120);
}
