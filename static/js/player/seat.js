import { all, find, need, readJson } from "../lib/dom.js";
import { toast } from "./toasts.js";

/**
 * @typedef {{names: {id: number, pseudonym: string}[], time: string, hides: string[]}} Told
 */

/** The strip of a student's page: who sits here, and what their class may do now. */
export class Seat {
  constructor() {
    this.box = need("#seat");
    this.words = readJson("seat-words");
    this.time = this.box.dataset.time || "";
    this.hides = this.box.dataset.hides || "";
    /** Whether the page shows what the class sees no more, or not what it sees again. */
    this.isStale = false;
    this.dress();
  }

  /** @param {Told} told */
  hear(told) {
    for (const { id, pseudonym } of told.names) {
      const name = find(`[data-student="${id}"] [data-pseudonym]`, this.box);
      if (name) name.textContent = pseudonym;
    }
    const first = told.names[0]?.pseudonym || "";
    need("#idle [data-ask]").textContent = this.words.still.replace("{name}", first);
    const here = told.names.map((one) => String(one.id));
    for (const row of all("[data-student]", this.box)) {
      if (!here.includes(row.dataset.student || "")) row.remove();
    }
    this.hearClass(told);
  }

  /** @param {{time: string, hides: string[]}} told */
  hearClass({ time, hides }) {
    if (time !== this.time) {
      this.time = this.box.dataset.time = time;
      toast(this.words[time]);
      this.dress();
    }
    if (hides.join(" ") === this.hides) return;
    this.hides = hides.join(" ");
    this.isStale = true;
  }

  /** A class that is over is read only. */
  dress() {
    const isOver = this.time === "over";
    need("[data-over]", this.box).hidden = !isOver;
    if (!isOver) return;
    for (const field of all("form[data-find] :is(input, button, select), form[data-decision] button")) {
      field.setAttribute("disabled", "");
    }
  }

  /** The card was revoked, or the student removed. */
  close() {
    /** @type {HTMLDialogElement} */ (need("#closed")).showModal();
  }
}
