import { find, need } from "../lib/dom.js";

/** @import { Line } from "../lib/line.js" */

/**
 * The lesson as the server tells it; `left` in seconds, less than nothing once it is over.
 * @typedef {{id: number, step: number, left: number | null, is_last: boolean,
 *   steps: {name: string, label: string, minutes: number}[]}} Clock
 */

/** The clock of the lesson: it ticks by itself, and is set anew by every push. */
export class LessonClock {
  /** @param {HTMLElement} root - the block of the board */
  constructor(root) {
    this.root = root;
    /** @type {Clock | null} */
    this.clock = JSON.parse(root.dataset.clock || "null");
    this.heardAt = performance.now();
    root.addEventListener("submit", (event) => this.#send(event));
    setInterval(() => this.#tick(), 500);
    this.#show();
  }

  /** @param {Clock | null} clock */
  set(clock) {
    this.clock = clock;
    this.heardAt = performance.now();
    this.#show();
  }

  #show() {
    const { clock, root } = this;
    need(".clock__run", root).hidden = !clock;
    need(".clock__none", root).hidden = Boolean(clock);
    if (!clock) return;
    need("[data-step]", root).textContent = clock.steps[clock.step]?.label ?? "";
    for (const form of root.querySelectorAll("form")) {
      form.action = `${root.dataset.url}${clock.id}/${form.dataset.act}`;
      form.hidden = form.dataset.act === "next" && clock.is_last;
    }
    this.#tick();
  }

  #tick() {
    const left = this.clock?.left;
    if (left === null || left === undefined) return;
    const now = Math.round(left - (performance.now() - this.heardAt) / 1000);
    const place = need("[data-left]", this.root);
    this.root.toggleAttribute("data-late", now < 0);
    place.textContent = now < 0 ? this.root.dataset.over || "" : inMinutes(now);
  }

  /** @param {SubmitEvent} event */
  async #send(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const response = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new FormData(form),
    }).catch(() => null);
    if (response?.ok) this.set((await response.json()).clock);
    else form.submit();
  }
}

/** @param {number} seconds */
export function inMinutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Start the clock of a board, if it has one.
 * @param {Line} line
 */
export function startLesson(line) {
  const root = find("#lesson");
  if (!root) return;
  const clock = new LessonClock(root);
  line.on("lesson", (/** @type {{clock: Clock | null}} */ said) => clock.set(said.clock));
}
