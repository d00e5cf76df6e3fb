// The lobby's landscape: drag it, push it with the arrow buttons, follow the focus.
import { dragToPan } from "./lib/pan.js";

const view = /** @type {HTMLElement | null} */ (document.getElementById("landscape"));
const pan = document.getElementById("pan");

if (view && pan) {
  dragToPan(view);
  const first = view.querySelector("a");
  if (first && first.getBoundingClientRect().right > view.clientWidth) centre(view, first, "instant");
  pan.hidden = view.scrollWidth <= view.clientWidth;
  for (const button of pan.querySelectorAll("button")) {
    button.addEventListener("click", () => slide(view, Number(button.dataset["pan"])));
  }
  view.addEventListener("focusin", (event) => centre(view, /** @type {Element} */ (event.target)));
}

/**
 * Move by most of what is shown.
 * @param {HTMLElement} box
 * @param {number} direction
 */
function slide(box, direction) {
  box.scrollBy({ left: direction * box.clientWidth * 0.7, behavior: manner() });
}

/**
 * A building reached by Tab comes to the middle.
 * @param {HTMLElement} box
 * @param {Element} target
 * @param {ScrollBehavior} behavior
 */
function centre(box, target, behavior = manner()) {
  if (target === box) return;
  const lot = target.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const offset = lot.left + lot.width / 2 - (frame.left + frame.width / 2);
  box.scrollBy({ left: offset, behavior });
}

/** @returns {ScrollBehavior} */
function manner() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
