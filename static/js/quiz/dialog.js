import { find, need } from "../lib/dom.js";
import { Mine } from "./mine.js";

/** @import { Line } from "../lib/line.js" */
/** @import { Told } from "./mine.js" */

/** The quiz of the class, over whatever the player shows: it opens by itself, and may be closed. */
export class QuizDialog {
  /** @param {() => Line | null} line */
  constructor(line) {
    this.dialog = /** @type {HTMLDialogElement} */ (need("#quiz-dialog"));
    this.mine = new Mine(need("#quiz-mine", this.dialog), line, (phase) => this.#show(phase));
    need("[data-quiz-close]", this.dialog).addEventListener("click", () => this.dialog.close());
    this.back = need("#quiz-back"); // closed too early, the question is one click away
    this.back.addEventListener("click", (event) => {
      event.preventDefault();
      if (!this.dialog.open) this.dialog.showModal();
      find("[data-head]", this.dialog)?.focus();
    });
  }

  /** @param {Told} told */
  hear(told) {
    this.back.hidden = !told.quiz;
    if (told.quiz || this.dialog.open) this.mine.hear(told);
  }

  /** @param {string} phase */
  #show(phase) {
    if (phase === "over") {
      this.dialog.close();
    } else if (!this.dialog.open) {
      this.dialog.showModal();
      find("[data-head]", this.dialog)?.focus();
    }
  }
}
