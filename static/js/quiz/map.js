import { find } from "../lib/dom.js";

/** Degrees that an arrow moves the mark by. */
const STEP = 3;

/**
 * Let a place be shown in the flat picture of a scene, by a click or by the arrows; its name in
 * the list below says the same, and each takes the other back.
 * @param {HTMLFormElement} form
 */
export function letPoint(form) {
  const map = find("[data-map]", form);
  const view = find("[data-map-view]", form);
  const mark = find("[data-map-mark]", form);
  if (!map || !view || !mark) return;
  map.hidden = false;
  /** @type {{yaw: number, pitch: number} | null} */
  let at = null;
  const put = (/** @type {number} */ yaw, /** @type {number} */ pitch) => {
    at = { yaw: Math.max(-180, Math.min(180, yaw)), pitch: Math.max(-90, Math.min(90, pitch)) };
    mark.hidden = false;
    mark.style.left = `${(at.yaw / 360 + 0.5) * 100}%`;
    mark.style.top = `${(0.5 - at.pitch / 180) * 100}%`;
    form.dataset.pointed = `${at.yaw.toFixed(2)} ${at.pitch.toFixed(2)}`;
    for (const input of form.querySelectorAll("input[type=radio]")) {
      /** @type {HTMLInputElement} */ (input).checked = false;
    }
    const told = find("[data-map-told]", form);
    if (told) told.textContent = told.dataset.words || "";
  };
  view.addEventListener("click", (event) => {
    if (!event.detail) return; // pressed by a key: the arrows move the mark
    const box = view.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    put((x - 0.5) * 360, (0.5 - y) * 180);
  });
  view.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    put((at?.yaw || 0) + way[0] * STEP, (at?.pitch || 0) + way[1] * STEP);
  });
  form.addEventListener("change", () => {
    at = null;
    delete form.dataset.pointed;
    mark.hidden = true;
  });
}
