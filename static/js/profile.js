// The profiler: one question a screen, by keys 1 to 5, by touch or by swiping; what was answered
// waits in this tab until it is sent. On the result's page: the door that hides it, and printing.
import { all, find, isStill, need } from "./lib/dom.js";

const FAR = 60;
/** Pixels of a swipe. */
const PAUSE = 220;
/** Milliseconds in which one sees what was chosen. */

/** The questions of a form, one at a time. */
class Asking {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.key = form.dataset["key"] ?? "quiz";
    this.asks = all(".ask", form);
    this.at = 0;
    this.timer = 0;
    this.from = /** @type {{x: number, y: number} | null} */ (null);
  }

  start() {
    const page = need(".asked");
    page.classList.add("asked--one");
    for (const id of ["head", "hint"]) need(`#${id}`).hidden = false;
    this.resume();
    this.form.addEventListener("change", () => this.answered());
    this.form.addEventListener("submit", () => this.forget());
    need("#back").addEventListener("click", () => this.show(this.at - 1));
    need("#skip").addEventListener("click", () => this.show(this.at + 1));
    document.addEventListener("keydown", (event) => this.press(event));
    page.addEventListener("pointerdown", (event) => (this.from = { x: event.clientX, y: event.clientY }));
    page.addEventListener("pointerup", (event) => this.swipe(event));
    page.addEventListener("pointercancel", () => (this.from = null));
    this.show(this.at, false);
  }

  /**
   * @param {number} at
   * @param {boolean} [moves]
   */
  show(at, moves = true) {
    clearTimeout(this.timer);
    this.at = Math.min(Math.max(at, 0), this.asks.length - 1);
    for (const [n, ask] of this.asks.entries()) {
      ask.hidden = n !== this.at;
      ask.classList.toggle("ask--slide", moves && n === this.at && !isStill());
    }
    const questions = this.asks.length - 1;
    need("#number").textContent = String(Math.min(this.at + 1, questions));
    /** @type {HTMLProgressElement} */ (need("#progress")).value = this.at;
    /** @type {HTMLButtonElement} */ (need("#back")).disabled = this.at === 0;
    /** @type {HTMLButtonElement} */ (need("#skip")).disabled = this.at === questions;
    if (moves) this.focus();
    this.keep();
  }

  focus() {
    const ask = this.asks[this.at];
    const target = ask && (find("input:checked", ask) ?? find("input, button", ask));
    target?.focus({ preventScroll: true });
  }

  answered() {
    this.keep();
    if (this.byArrows) return;
    clearTimeout(this.timer);
    const next = this.at + 1;
    this.timer = window.setTimeout(() => this.show(next), PAUSE);
  }

  byArrows = false;

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Arrows walk through the answers, as everywhere: Enter then goes on.
    this.byArrows = event.key.startsWith("Arrow");
    const input = this.asks[this.at]?.querySelector(`input[value="${CSS.escape(event.key)}"]`);
    if (input instanceof HTMLInputElement) {
      input.checked = true;
      this.answered();
    } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      this.show(this.at + 1);
    } else if (event.key === "Backspace") {
      this.show(this.at - 1);
    }
  }

  /** @param {PointerEvent} event */
  swipe(event) {
    const from = this.from;
    this.from = null;
    this.byArrows = false;
    if (!from || event.pointerType === "mouse") return;
    const across = event.clientX - from.x;
    if (Math.abs(across) < FAR || Math.abs(across) < 2 * Math.abs(event.clientY - from.y)) return;
    this.show(this.at + (across < 0 ? 1 : -1));
  }

  keep() {
    const answers = Object.fromEntries(
      all("input:checked", this.form).map((input) => {
        const { name, value } = /** @type {HTMLInputElement} */ (input);
        return [name, value];
      }),
    );
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ at: this.at, answers }));
    } catch {
      // Forbidden here: then a reload begins anew.
    }
  }

  resume() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
      if (!kept) return;
      this.at = Number(kept.at) || 0;
      for (const [name, value] of Object.entries(kept.answers)) {
        const chosen = this.form.querySelector(
          `input[name="${CSS.escape(name)}"][value="${CSS.escape(String(value))}"]`,
        );
        if (chosen instanceof HTMLInputElement) chosen.checked = true;
      }
    } catch {
      // What was kept cannot be read: begin anew.
    }
  }

  forget() {
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}

/** The result: Escape hides it, and it can be printed. */
function guard() {
  const door = document.querySelector(".secret");
  if (!(door instanceof HTMLDetailsElement)) return;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") door.open = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) door.open = false;
  });
  const print = need("#print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

const form = document.getElementById("quiz");
if (form instanceof HTMLFormElement) new Asking(form).start();
guard();
