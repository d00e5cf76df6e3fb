import { need } from "../lib/dom.js";
import { ask } from "./asking.js";
import { keepDraft, Outbox } from "./outbox.js";
import { addressOf, put, say, toast } from "./view.js";

/** @import { Line } from "../lib/line.js" */
/** @import { State } from "./state.js" */
/** @import { Message } from "./types" */

/** A professional's side, phone first: take a question, answer it, take the next. */
export class Answering {
  /**
   * @param {Line} line
   * @param {State} state
   * @param {Record<string, any>} words
   */
  constructor(line, state, words) {
    this.line = line;
    this.state = state;
    this.words = words;
    this.form = /** @type {HTMLFormElement} */ (need("#composer"));
    this.field = /** @type {HTMLTextAreaElement} */ (need("textarea", this.form));
    /** @type {number | null} */
    this.taken = null;
    const owner = need("#room").dataset.owner || "";
    this.keepDraft = keepDraft(this.field, owner);
    this.outbox = new Outbox(line, owner, {
      onDone: (_letter, answer) => this.#onDone(answer),
      onRefused: (letter, refusal) => this.#onRefused(letter.body, refusal.message),
      onWait: (count) => (need("#unsent").hidden = count === 0),
    });
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.form.requestSubmit();
    });
    need("#give-back").addEventListener("click", () => this.#release());
    need("#still-here").addEventListener("click", () => {
      need("#idle").hidden = true;
      void ask(this, "still_here", {});
    });
    document.addEventListener("click", (event) => this.#click(event));
  }

  onOpen() {
    void this.outbox.flush();
  }

  show() {
    const mine = [...this.state.messages.values()].find(
      (one) => one.status === "shown" && one.kind === "question" && this.state.isTaken(one),
    );
    if (this.taken === null && mine) this.taken = mine.id;
    const taken = this.taken ? this.state.messages.get(this.taken) : undefined;
    if (taken && taken.status !== "shown" && taken.status !== "later") this.taken = null;
    this.#showTaken(this.taken ? taken : undefined);
    need("#idle").hidden = !this.state.here.idle.includes(this.state.name);
  }

  /** @param {Message | undefined} question */
  #showTaken(question) {
    const isClosed = this.state.room.phase === "closed" && !question;
    need("#taken").hidden = !question;
    need("#take-one").hidden = Boolean(question) || isClosed;
    this.form.hidden = !question;
    if (!question) return;
    say(need("#taken"), "[data-text]", question.text);
    say(need("#taken"), "[data-name]", question.name);
    const link = /** @type {HTMLAnchorElement} */ (need("#see-place"));
    link.hidden = !question.place;
    if (question.place) link.href = addressOf(question.place);
  }

  /** @param {Event} event */
  #click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-act]");
    const row = button?.closest("[data-id]");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    const id = Number(row.dataset.id);
    const acts = {
      claim: () => this.#claim(id),
      put_off: () => ask(this, "put_off", { id }),
      show: () => this.#showPlace(id),
      alert: () => this.#alert(Number(row.dataset.message || id)),
      report: () => ask(this, "report", { id: Number(row.dataset.message || id) }),
    };
    acts[/** @type {"claim"} */ (button.dataset.act)]?.();
  }

  /** @param {number} id */
  async #claim(id) {
    if (!(await ask(this, "claim", { id }))) return;
    this.taken = id;
    this.show();
    this.field.focus();
  }

  async #release() {
    const id = this.taken;
    this.taken = null;
    if (id) await ask(this, "release", { id });
    this.show();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text || !this.taken) return;
    if (text.length > 1000) {
      toast(put(this.words.too_long, { most: 1000 }));
      return;
    }
    this.outbox.send("answer", { about: this.taken, text });
    this.field.value = "";
    this.keepDraft();
    this.taken = null;
    this.show();
  }

  /** @param {any} answer */
  #onDone(answer) {
    toast(answer.status === "shown" ? this.words.answer_sent : this.words.answer_held);
  }

  /** @param {Record<string, any>} body @param {string} why */
  #onRefused(body, why) {
    if (!this.field.value) {
      this.field.value = body.text || "";
      this.taken = body.about ?? null;
      this.keepDraft();
    }
    toast(why);
    this.show();
  }

  /** @param {number} id */
  async #showPlace(id) {
    const place = this.state.messages.get(id)?.place;
    if (place && (await ask(this, "show", { place }))) toast(this.words.shown);
  }

  /** @param {number} id */
  async #alert(id) {
    const dialog = /** @type {HTMLDialogElement} */ (need("#alerting"));
    dialog.returnValue = "";
    dialog.showModal();
    const choice = await new Promise((done) => {
      dialog.addEventListener("close", () => done(dialog.returnValue), { once: true });
    });
    if (choice !== "yes") return;
    if (await ask(this, "alert", id ? { id } : {})) toast(this.words.alerted);
  }
}

/** What a professional may do with a row. @param {State} state */
export function dressForAnswering(state) {
  return {
    first: true,
    /** @param {HTMLElement} row @param {Message} one */
    waiting(row, one) {
      const isFree = !one.claimed && state.room.phase !== "closed";
      need("[data-act=claim]", row).hidden = !isFree && one.status !== "later";
      need("[data-act=put_off]", row).hidden = !isFree || one.status === "later";
      need("[data-act=show]", row).hidden = !one.place || state.room.phase !== "open";
      row.classList.toggle("thread--mine", state.isTaken(one));
    },
  };
}
