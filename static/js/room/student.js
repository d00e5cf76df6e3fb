import { fill } from "../board/rows.js";
import { find, need } from "../lib/dom.js";
import { ask } from "./asking.js";
import { drawNumber, keepDraft, Outbox } from "./outbox.js";
import { put, say, showPlace, toast } from "./view.js";

/** @import { Line } from "../lib/line.js" */
/** @import { State } from "./state.js" */
/** @import { Message, Own, Place } from "./types" */
/** @typedef {Omit<Own, "id" | "status"> & {id: number | string, status: string}} Card */

/** Milliseconds without a key before near questions are looked for. */
const PAUSE = 500;
const SHORTEST = 12;

/** A student's side: one question at a time, and where it is. */
export class Student {
  /**
   * @param {Line} line
   * @param {State} state
   * @param {Record<string, any>} words
   */
  constructor(line, state, words) {
    this.line = line;
    this.state = state;
    this.words = words;
    this.form = need("#composer");
    this.field = /** @type {HTMLTextAreaElement} */ (need("textarea", this.form));
    /** @type {Place | null} */
    this.place = JSON.parse(this.form.dataset.place || "null");
    /** @type {number | null} - the own message that is being reworded */
    this.rewording = null;
    /** @type {number | null} - the question whose answer is being followed up */
    this.following = null;
    this.keepDraft = keepDraft(this.field, need("#room").dataset.owner || "");
    this.outbox = new Outbox(line, need("#room").dataset.owner || "", {
      onDone: (letter, answer) => this.#onDone(letter, answer),
      onRefused: (letter, refusal) => this.#onRefused(letter, refusal.message),
      onWait: () => this.show(),
    });
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.field.addEventListener("input", () => this.#type());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        /** @type {HTMLFormElement} */ (this.form).requestSubmit();
      }
    });
    need("#drop-place").addEventListener("click", () => this.#setPlace(null));
    need("#cancel-edit").addEventListener("click", () => this.#edit(null, null, ""));
    document.addEventListener("click", (event) => this.#click(event));
    this.#setPlace(this.place);
  }

  onOpen() {
    void this.outbox.flush();
  }

  /** @returns {Own | undefined} the question that waits */
  pending() {
    const waiting = [...this.state.mine.values()].filter(
      (one) => one.kind === "question" && ["held", "shown"].includes(one.status),
    );
    return waiting[waiting.length - 1];
  }

  show() {
    const isCalled = [...this.state.mine.values()].some((one) => one.status === "alarm");
    need("#kind").hidden = !isCalled;
    this.#showMine();
    this.#showComposer();
  }

  /** What the own messages look like now: the newest first, as a card each. */
  #showMine() {
    const mine = [...this.state.mine.values()].filter((one) => one.status !== "withdrawn");
    // What was kept may be told a moment before it is acknowledged: it is shown once.
    const kept = new Set([...this.state.mine.values()].map((one) => one.client_id));
    const waiting = this.outbox.waiting.filter(
      (letter) => letter.event === "ask" && !kept.has(letter.body.client_id),
    );
    const sending = waiting.map(({ body }) => ({ id: body.client_id, text: body.text, status: "sending" }));
    const cards = /** @type {Card[]} */ ([...mine.slice(-2), ...sending]);
    const box = need("#mine");
    fill(box, "#one-mine", cards, (row, one) => this.#showCard(row, one));
    box.hidden = !cards.length;
  }

  /** @param {HTMLElement} row @param {Card} own */
  #showCard(row, own) {
    row.dataset.status = own.status;
    say(row, "[data-text]", own.text);
    say(row, "[data-state]", this.#stateOf(own));
    const isOpen = this.state.room.phase !== "closed";
    const may = {
      reword: ["held", "shown", "refused"].includes(own.status) && !own.claimed && isOpen,
      withdraw: ["held", "shown", "refused", "later"].includes(own.status) && isOpen,
    };
    for (const [act, is] of Object.entries(may)) need(`[data-act=${act}]`, row).hidden = !is;
  }

  /** @param {Card} own */
  #stateOf(own) {
    const { states, reasons } = this.words;
    if (own.status === "shown" && own.claimed) return put(states.claimed, { name: own.claimed });
    if (own.status === "refused") return reasons[own.reasons[0]] || states.refused;
    const target = own.into ? this.state.messages.get(own.into) : undefined;
    if (own.status === "merged") return target?.status === "answered" ? states.answered : states.merged;
    return states[own.status] || "";
  }

  /** Whether one may write, and why not: what was typed stays. */
  #showComposer() {
    const why = this.#whyNot();
    const note = need("#why-not");
    note.hidden = !why;
    say(note, "span", why);
    const button = /** @type {HTMLButtonElement} */ (need("#send"));
    button.setAttribute("aria-disabled", String(Boolean(why)));
    say(button, "span", this.rewording ? this.words.send_again : this.words.send);
    need("#editing").hidden = this.rewording === null && this.following === null;
    say(need("#editing"), "span", this.following ? this.words.following : this.words.rewording);
  }

  #whyNot() {
    const { room, here } = this.state;
    const { why } = this.words;
    if (room.phase === "closed") return room.sentence || why.closed;
    if (room.mode === "paused") return why.paused;
    if (room.mode === "read_only") return why.read_only;
    const mine = here.classes.find((one) => String(one.number) === need("#room").dataset.class);
    if (room.phase === "open" && mine?.adult === "paused") return why.class_paused;
    const isNew = this.rewording === null && this.following === null;
    if (isNew && (this.pending() || this.outbox.waiting.length)) return why.pending;
    return "";
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text || this.#whyNot()) {
      this.#showComposer();
      return;
    }
    const most = this.following ? 200 : 300;
    if (text.length > most) {
      toast(put(this.words.too_long, { most }));
      return;
    }
    if (this.rewording) void this.#reword(this.rewording, text);
    else this.outbox.send("ask", this.#question(text));
    this.#edit(null, null, "");
    this.show();
  }

  /** @param {string} text */
  #question(text) {
    const about = this.following ? { about: this.following } : {};
    const place = this.place && !this.following ? { place: this.place } : {};
    return { client_id: drawNumber(), text, ...about, ...place };
  }

  /** @param {number} id @param {string} text */
  async #reword(id, text) {
    if (!(await ask(this, "reword", { id, text }))) this.#edit(id, null, text);
  }

  /** @param {import("./outbox.js").Letter} letter @param {any} answer */
  #onDone(letter, answer) {
    this.#setPlace(null);
    if (letter.event === "ask") toast(this.words.states[answer.status] || "");
    this.show();
  }

  /** The text is given back, unless something else is being written. */
  /** @param {import("./outbox.js").Letter} letter @param {string} why */
  #onRefused(letter, why) {
    if (!this.field.value) this.#edit(null, letter.body.about ?? null, letter.body.text ?? "");
    toast(why);
    this.show();
  }

  #type() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.#lookNear(), PAUSE);
  }

  /** Before sending: questions that may be the same. A voice serves better than a copy. */
  async #lookNear() {
    const text = this.field.value.trim();
    const box = need("#near");
    const isNew = this.rewording === null && this.following === null;
    if (text.length < SHORTEST || !isNew) {
      box.hidden = true;
      return;
    }
    const { near } = await this.line.askSoon("near", { text }).catch(() => ({ near: [] }));
    if (this.field.value.trim() !== text) return;
    const found = near.map((/** @type {number} */ id) => this.state.messages.get(id)).filter(Boolean);
    const list = need("ul", box);
    list.textContent = "";
    for (const one of found) list.append(this.#nearOne(one));
    box.hidden = found.length === 0;
  }

  /** @param {Message} one */
  #nearOne(one) {
    const source = /** @type {HTMLTemplateElement} */ (need("#one-near"));
    const row = need("[data-id]", /** @type {DocumentFragment} */ (source.content.cloneNode(true)));
    row.dataset.id = String(one.id);
    say(row, "[data-text]", one.text);
    const isAnswered = one.status === "answered";
    need("[data-act=vote]", row).hidden = isAnswered;
    need("[data-answered]", row).hidden = !isAnswered;
    return row;
  }

  /** @param {Event} event */
  #click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-act]");
    const row = button?.closest("[data-id]");
    if (!(button instanceof HTMLElement) || !(row instanceof HTMLElement)) return;
    const id = Number(row.dataset.id);
    const acts = {
      vote: () => this.#vote(id),
      reword: () => this.#edit(id, null, this.state.mine.get(id)?.text || ""),
      withdraw: () => ask(this, "withdraw", { id }),
      follow: () => this.#edit(null, id, ""),
      report: () => this.#report(Number(row.dataset.message || id)),
    };
    acts[/** @type {"vote"} */ (button.dataset.act)]?.();
  }

  /** @param {number} id */
  async #vote(id) {
    const answer = await ask(this, "vote", { id });
    if (!answer) return;
    if (answer.voted) this.state.votes.add(id);
    else this.state.votes.delete(id);
    if (answer.voted && !need("#near").hidden) this.#edit(null, null, "");
    if (answer.voted) toast(this.words.voted);
    this.onChange?.();
  }

  /** @type {(() => void) | undefined} */
  onChange;

  /** @param {number} id */
  async #report(id) {
    const dialog = /** @type {HTMLDialogElement} */ (need("#reporting"));
    dialog.returnValue = "";
    dialog.showModal();
    const choice = await new Promise((done) => {
      dialog.addEventListener("close", () => done(dialog.returnValue), { once: true });
    });
    if (choice && (await ask(this, "report", { id, reason: choice }))) toast(this.words.reported);
  }

  /**
   * Write something else: a question reworded, or what follows an answer.
   * @param {number | null} rewording
   * @param {number | null} following
   * @param {string} text
   */
  #edit(rewording, following, text) {
    this.rewording = rewording;
    this.following = following;
    this.field.value = text;
    this.keepDraft();
    need("#near").hidden = true;
    if (rewording || following) this.field.focus();
    this.#showComposer();
  }

  /** @param {Place | null} place */
  #setPlace(place) {
    this.place = place;
    const chip = need("#from");
    chip.hidden = !place;
    const link = find("a", chip);
    if (link) showPlace(/** @type {HTMLAnchorElement} */ (link), place, this.words);
  }
}

/**
 * What a student may do with a row.
 * @param {State} state
 */
export function dressForStudents(state) {
  return {
    /** @param {HTMLElement} row @param {Message} one */
    waiting(row, one) {
      const own = state.mine.has(one.id);
      row.classList.toggle("thread--mine", own);
      const button = need("[data-act=vote]", row);
      button.hidden = own || state.room.phase === "closed";
      button.setAttribute("aria-pressed", String(state.votes.has(one.id)));
    },
    /** @param {HTMLElement} row @param {Message} one */
    told(row, one) {
      const isOwn = state.mine.has(one.id);
      row.classList.toggle("thread--mine", isOwn);
      const follow = find("[data-act=follow]", row);
      const { phase, mode } = state.room;
      if (follow) follow.hidden = !isOwn || phase === "closed" || mode === "questions";
    },
  };
}
