import { NoNetwork, Refused } from "../player/post.js";

/** @import { Line } from "../lib/line.js" */
/** @typedef {{event: string, body: Record<string, any>}} Letter */
/** @typedef {(letter: Letter, answer: any) => void} OnDone */
/** @typedef {(letter: Letter, refusal: Refused) => void} OnRefused */

/** Signs of a message's own number. */
const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

/** A number that no other message has: what is sent twice under it is kept once. */
export function drawNumber() {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(drawn, (one) => LETTERS[one % LETTERS.length]).join("");
}

/**
 * Messages on their way: kept in this tab until the server says that it has kept them, and sent
 * again with the same number after a silence. They belong to whoever wrote them.
 */
export class Outbox {
  /**
   * @param {Line} line
   * @param {string} owner
   * @param {{onDone: OnDone, onRefused: OnRefused, onWait: (count: number) => void}} hear
   */
  constructor(line, owner, hear) {
    this.line = line;
    this.name = `deambule.room.${owner}`;
    this.hear = hear;
    /** @type {Letter[]} */
    this.waiting = this.#read();
    this.isSending = false;
  }

  /** @param {string} event @param {Record<string, any>} body */
  send(event, body) {
    this.waiting.push({ event, body: { client_id: drawNumber(), ...body } });
    this.#keep();
    void this.flush();
  }

  /** Send what waits, one after the other, so that it arrives in the order it was written. */
  async flush() {
    if (this.isSending) return;
    this.isSending = true;
    try {
      while (this.waiting.length) {
        const letter = this.waiting[0];
        const answer = await this.line.ask(letter.event, letter.body);
        this.#drop();
        this.hear.onDone(letter, answer);
      }
    } catch (error) {
      this.#stumble(error);
    } finally {
      this.isSending = false;
      this.hear.onWait(this.waiting.length);
    }
  }

  /** @param {unknown} error */
  #stumble(error) {
    if (error instanceof Refused && /** @type {any} */ (error).code === "too_fast") {
      setTimeout(() => this.flush(), 2500);
    } else if (error instanceof Refused) {
      const letter = this.waiting[0];
      this.#drop();
      this.hear.onRefused(letter, error);
      setTimeout(() => this.flush());
    } else if (!(error instanceof NoNetwork)) throw error;
    else if (this.line.state === "open") setTimeout(() => this.flush(), 1000);
  }

  #drop() {
    this.waiting.shift();
    this.#keep();
  }

  /** @returns {Letter[]} */
  #read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) || "[]");
    } catch {
      return [];
    }
  }

  #keep() {
    try {
      if (this.waiting.length) sessionStorage.setItem(this.name, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(this.name);
    } catch {
      // Nothing can be kept here: it is sent as long as the page stays.
    }
  }
}

/**
 * What is being typed, kept in this tab: a laptop that sleeps loses nothing.
 * @param {HTMLTextAreaElement} field
 * @param {string} name
 */
export function keepDraft(field, name) {
  const key = `deambule.draft.${name}`;
  try {
    if (!field.value) field.value = sessionStorage.getItem(key) || "";
  } catch {
    return () => {};
  }
  const keep = () => {
    try {
      if (field.value) sessionStorage.setItem(key, field.value);
      else sessionStorage.removeItem(key);
    } catch {
      // Full or forbidden: the field itself still holds it.
    }
  };
  field.addEventListener("input", keep);
  return keep;
}
