/** @import { Here, History, Message, Own, RoomEvent, RoomState } from "./types" */

/**
 * All that a page knows of its room. Events are numbered without gaps; each carries the whole
 * message it is about. One that comes twice is dropped, and a gap is asked for.
 */
export class State {
  /** @param {(seq: number) => void} ask - asks for what came after `seq` */
  constructor(ask) {
    this.ask = ask;
    this.seq = 0;
    /** @type {Map<number, Message>} */
    this.messages = new Map();
    /** @type {Map<number, Own>} */
    this.mine = new Map();
    /** @type {Set<number>} */
    this.votes = new Set();
    /** @type {number[]} - the questions to answer, as the server puts them */
    this.first = [];
    /** What somebody who answers is called here, and what they took under any name. */
    this.name = "";
    /** @type {Set<number>} */
    this.claims = new Set();
    /** @type {RoomState} */
    this.room = { phase: "waiting", mode: "approved", last_call: false, sentence: "" };
    /** @type {Here} */
    this.here = { students: 0, answering: [], idle: [], watched: false, classes: [] };
    /** @type {import("./types").Shown | null} */
    this.shown = null;
    /** @type {Map<number, RoomEvent>} */
    this.early = new Map();
  }

  /**
   * What was missed, at the first load or after a silence; the events that were news.
   * @param {History} history
   */
  load(history) {
    if (history.from < this.seq && history.seq < this.seq) this.#forget();
    const news = history.events.filter((event) => event.seq > this.seq);
    for (const event of news) this.#take(event);
    this.seq = Math.max(this.seq, history.seq);
    if (history.room) this.room = history.room;
    if (history.mine) this.mine = new Map(history.mine.map((one) => [one.id, one]));
    if (history.votes) this.votes = new Set(history.votes);
    return [...news, ...this.#takeEarly()];
  }

  /**
   * One event that was pushed; the events that became known by it.
   * @param {RoomEvent} event
   */
  hear(event) {
    if (event.seq <= this.seq) return [];
    this.early.set(event.seq, event);
    const news = this.#takeEarly();
    if (this.early.size) this.ask(this.seq);
    return news;
  }

  /** @param {Own} own */
  hearOwn(own) {
    this.mine.set(own.id, own);
  }

  #takeEarly() {
    const news = [];
    for (const seq of this.early.keys()) if (seq <= this.seq) this.early.delete(seq);
    for (let next = this.early.get(this.seq + 1); next; next = this.early.get(this.seq + 1)) {
      this.early.delete(next.seq);
      this.#take(next);
      this.seq = next.seq;
      news.push(next);
    }
    return news;
  }

  /** @param {RoomEvent} event */
  #take(event) {
    if (event.message) this.messages.set(event.message.id, event.message);
    if (event.message && !event.message.claimed) this.claims.delete(event.message.id);
    if (event.room) this.room = event.room;
    if (event.show) this.shown = event.show;
  }

  #forget() {
    this.seq = 0;
    this.messages.clear();
    this.early.clear();
  }

  /** Questions that wait for an answer: most wanted first, then oldest. */
  waiting() {
    return this.#questions("shown").sort(
      (one, other) => other.votes - one.votes || Number(one.number) - Number(other.number),
    );
  }

  /** The same as a professional takes them: first what most want who had no answer yet. */
  toAnswer() {
    const places = new Map(this.first.map((id, place) => [id, place]));
    /** @param {Message} one */
    const place = (one) => places.get(one.id) ?? places.size;
    return this.waiting().sort((one, other) => place(one) - place(other));
  }

  /** Whether whoever reads this has taken a question. @param {Message} one */
  isTaken(one) {
    return Boolean(one.claimed) && (one.claimed === this.name || this.claims.has(one.id));
  }

  /** What was answered or said to everybody, in the order in which it was. */
  told() {
    const answered = this.#questions("answered").map((one) => ({ one, at: this.#lastOf(one) }));
    const said = [...this.messages.values()]
      .filter((one) => one.kind === "notice" && one.status !== "gone")
      .map((one) => ({ one, at: Number(one.number) }));
    return [...answered, ...said].sort((a, b) => a.at - b.at).map(({ one }) => one);
  }

  /** Questions kept for after the session. */
  later() {
    return this.#questions("later");
  }

  /**
   * Answers to a question and what follows them, in order.
   * @param {number} question
   */
  about(question) {
    return [...this.messages.values()]
      .filter((one) => one.about === question && one.status === "shown")
      .sort((one, other) => Number(one.number) - Number(other.number));
  }

  /** @param {Message} question */
  #lastOf(question) {
    return Math.max(Number(question.number), ...this.about(question.id).map((a) => Number(a.number)));
  }

  /** @param {string} status */
  #questions(status) {
    return [...this.messages.values()].filter(
      (one) => one.kind === "question" && one.status === status,
    );
  }
}
