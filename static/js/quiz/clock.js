import { all } from "../lib/dom.js";

/** Count the seconds down that the server has told; what counts in the end is its own clock. */
export class Clock {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.startedAt = 0;
    setInterval(() => this.show(), 250);
  }

  /** The box has just been filled. */
  start() {
    this.startedAt = performance.now();
    this.show();
  }

  show() {
    for (const clock of all("[data-clock][data-left]", this.box)) {
      const gone = (performance.now() - this.startedAt) / 1000;
      const left = Math.max(0, Math.ceil(Number(clock.dataset.left) - gone));
      const isOver = !(Number(clock.dataset.last) > gone); // some may have more time
      const words = /** @type {HTMLElement} */ (clock.querySelector("[data-clock-words]"));
      const over = isOver ? clock.dataset.over : clock.dataset.lastWords;
      const told = left ? String(left) : over || "";
      if (words.textContent !== told) words.textContent = told;
      clock.dataset.soon = left && left <= 10 ? "yes" : "";
    }
  }
}
