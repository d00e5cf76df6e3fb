// The projector of a live quiz: the server's part of the page, fetched anew whenever it has moved.
import { find, need } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { reach } from "./player/post.js";
import { Clock } from "./quiz/clock.js";

class Projector {
  constructor() {
    this.room = need("#quiz-room");
    this.stage = need("#quiz-stage");
    this.asked = 0;
    this.clock = new Clock(this.stage);
    this.clock.start();
    const away = need("#line");
    const line = new Line({
      auth: { classroom: this.room.dataset.slug },
      onState: (state) => {
        away.hidden = state === "open";
        away.textContent = state === "open" ? "" : away.dataset.away || "";
      },
    });
    line.on("quiz", (told) => this.hear(told));
    line.on("quiz_count", (told) => this.count(told));
    this.stage.addEventListener("submit", (event) => this.#move(event));
    document.addEventListener("keydown", (event) => this.#press(event));
  }

  /** @param {{quiz: string | null, number: number}} told */
  hear(told) {
    const shown = find(".quiz-stage", this.stage)?.dataset;
    if (!shown && told.quiz) location.reload(); // another board has begun one
    else if (shown && (told.quiz ? isElsewhere(shown, told) : shown.phase !== "over")) {
      this.load();
    }
  }

  /** @param {{answered: number, of: number}} told */
  count(told) {
    const [answered, of] = [find("[data-answered]", this.stage), find("[data-of]", this.stage)];
    if (!answered || !of) return;
    answered.textContent = String(told.answered);
    of.textContent = String(told.of);
    const isAll = told.of > 0 && told.answered >= told.of;
    answered.parentElement?.toggleAttribute("data-all", isAll);
    if (isAll) find("[data-last]", this.stage)?.removeAttribute("data-last"); // nobody is awaited
  }

  /** What was asked for last is shown, whatever comes last. */
  async load() {
    const wrong = need("#wrong");
    const asked = ++this.asked;
    try {
      const response = await reach(`${location.pathname}?part=1`, { headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error("refused");
      const part = await response.text();
      if (asked !== this.asked) return;
      this.#show(part);
      wrong.hidden = true;
    } catch {
      wrong.textContent = wrong.dataset.words || "";
      wrong.hidden = false;
    }
  }

  /** @param {string} part */
  #show(part) {
    const typed = this.#typed();
    const fresh = document.createElement("div");
    fresh.innerHTML = part;
    this.stage.replaceChildren(...fresh.childNodes);
    for (const [name, value] of typed) {
      const input = /** @type {HTMLInputElement | null} */ (find(`[name="${name}"]`, this.stage));
      if (input && find('.quiz-stage[data-phase="ask"]', this.stage)) input.value = value;
    }
    this.clock.start();
    find("[data-head]", this.stage)?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Hands that were counted stay when only the time was stretched. */
  #typed() {
    const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (
      this.stage.querySelectorAll('.quiz-stage[data-phase="ask"] [name^="hands-"]')
    );
    return [...inputs].map((input) => /** @type {[string, string]} */ ([input.name, input.value]));
  }

  /** Pressed twice it counts once: each form says what it was shown for.
   * @param {SubmitEvent} event */
  async #move(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.dataset.move) return;
    event.preventDefault();
    const wrong = need("#wrong");
    try {
      const response = await reach(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      const told = response.type === "opaqueredirect" ? null : await response.json().catch(() => null);
      if (told?.error) {
        wrong.textContent = told.error.message;
        wrong.hidden = false;
      } else await this.load();
    } catch {
      wrong.textContent = wrong.dataset.words || "";
      wrong.hidden = false;
    }
  }

  /** The right arrow, or what a remote control of slides sends, presses the yellow button.
   * @param {KeyboardEvent} event */
  #press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!["ArrowRight", "PageDown"].includes(event.key)) return;
    if (!find('.quiz-stage:is([data-phase="ask"], [data-phase="shown"])', this.stage)) return;
    const button = find("form[data-move] .plate--yellow", this.stage);
    if (!button) return;
    event.preventDefault();
    button.click();
  }
}

/** Whether another quiz runs, or this one went on. @param {DOMStringMap} shown @param {{quiz: string | null, number: number}} told */
function isElsewhere(shown, told) {
  return shown.quiz !== told.quiz || shown.number !== String(told.number);
}

new Projector();
