import { need } from "../lib/dom.js";
import { nameOf, put } from "./view.js";

/** @import { RoomEvent } from "./types" */

/** Milliseconds in which what is new is gathered before it is said. */
const PAUSE = 2500;
/** Longer texts are cut: the list itself is there to be read. */
const LONGEST = 140;

/** Says what is new to screen readers: one thing in short, several as a number. */
export class Announcer {
  /** @param {Record<string, any>} words */
  constructor(words) {
    this.words = words;
    /** @type {string[]} */
    this.waiting = [];
    this.timer = 0;
  }

  /** @param {RoomEvent[]} news */
  hear(news) {
    for (const event of news) {
      const text = this.#told(event);
      if (text) this.waiting.push(text);
    }
    if (this.waiting.length && !this.timer) this.timer = window.setTimeout(() => this.#say(), PAUSE);
  }

  #say() {
    const { waiting, words } = this;
    const text = waiting.length === 1 ? waiting[0] : put(words.many_news, { count: waiting.length });
    need("#announcer").textContent = text;
    this.waiting = [];
    this.timer = 0;
  }

  /** @param {RoomEvent} event */
  #told({ kind, message }) {
    if (!message || message.status === "gone") return "";
    const isNew = kind !== "question" || message.status === "shown";
    if (!isNew || message.claimed) return "";
    const text = message.text.slice(0, LONGEST);
    return put(this.words.news[kind] || "", { name: nameOf(message, this.words), text });
  }
}
