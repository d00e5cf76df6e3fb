import { fill } from "../board/rows.js";
import { find, make, need } from "../lib/dom.js";

/** @import { State } from "./state.js" */
/** @import { Message, Place } from "./types" */
/** @typedef {Record<string, any>} Words */
/** @typedef {(row: HTMLElement, message: Message) => void} Dress */

/** Pixels from the bottom within which one reads the newest. */
const NEAR_BOTTOM = 120;

/** What all pages of a room show: questions that wait, and what was answered, as plain lists. */
export class View {
  /**
   * @param {State} state
   * @param {Words} words
   * @param {{waiting?: Dress, told?: Dress, first?: boolean}} [dress] - what a side adds to a row
   */
  constructor(state, words, dress = {}) {
    this.state = state;
    this.words = words;
    this.dress = dress;
  }

  show() {
    const { state, dress } = this;
    const waiting = dress.first ? state.toAnswer() : state.waiting();
    fill(need("#waiting"), "#one-waiting", waiting, (row, one) => {
      this.#showQuestion(row, one);
      dress.waiting?.(row, one);
    });
    need("#none-waiting").hidden = waiting.length > 0;
    need("[data-count=waiting]").textContent = String(waiting.length);
    this.#keepReading(() => this.#showTold());
    this.#showLater();
  }

  #showTold() {
    const told = this.state.told();
    fill(need("#told"), "#one-told", told, (row, one) => {
      this.#showQuestion(row, one);
      row.classList.toggle("thread--notice", one.kind === "notice");
      this.#showAnswers(row, one);
      this.dress.told?.(row, one);
    });
    need("#none-told").hidden = told.length > 0;
  }

  #showLater() {
    const later = this.state.later();
    const box = find("#later-box");
    if (!box) return;
    box.hidden = later.length === 0;
    fill(need("#later"), "#one-waiting", later, (row, one) => {
      this.#showQuestion(row, one);
      this.dress.waiting?.(row, one);
    });
  }

  /** @param {HTMLElement} row @param {Message} one */
  #showQuestion(row, one) {
    say(row, "[data-name]", nameOf(one, this.words));
    say(row, "[data-level]", one.level ? this.words.levels[one.level] || one.level : "");
    say(row, "[data-text]", one.text);
    this.#showPlace(row, one.place);
    const votes = find("[data-votes]", row);
    if (votes) votes.textContent = one.votes ? `+${one.votes}` : "";
    const claimed = find("[data-claimed]", row);
    if (!claimed) return;
    const isAnswering = one.status === "shown" && Boolean(one.claimed);
    claimed.hidden = !isAnswering;
    if (isAnswering) say(claimed, "span", put(this.words.claimed, { name: one.claimed || "" }));
  }

  /** @param {HTMLElement} row @param {Place | null} place */
  #showPlace(row, place) {
    const link = /** @type {HTMLAnchorElement | null} */ (find("[data-place]", row));
    if (link) showPlace(link, place, this.words);
  }

  /** @param {HTMLElement} row @param {Message} question */
  #showAnswers(row, question) {
    const list = find("[data-answers]", row);
    if (!list) return;
    fill(list, "#one-answer", this.state.about(question.id), (line, one) => {
      line.classList.toggle("answer--follow", one.kind === "follow");
      say(line, "[data-name]", nameOf(one, this.words));
      say(line, "[data-text]", one.text);
      this.#showPlace(line, one.place);
      line.dataset.message = String(one.id);
    });
  }

  /** What is new stands at the end: whoever reads there stays there, others are not moved. */
  /** @param {() => void} change */
  #keepReading(change) {
    const box = need("#told-box");
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_BOTTOM;
    change();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  }
}

/**
 * A link to where something was asked, or is shown.
 * @param {HTMLAnchorElement} link
 * @param {Place | null} place
 * @param {Words} words
 */
export function showPlace(link, place, words) {
  link.hidden = !place;
  if (!place) return;
  link.href = addressOf(place);
  say(link, "span", place.title || words.place);
}

/**
 * Where a place is: for students in their tour; adults look at it from the room, and visit nothing.
 * @param {Place} place
 */
export function addressOf(place) {
  const { slug, side } = find("#room")?.dataset ?? {};
  const base = side === "staff" ? `/rooms/${slug}/look` : "/tours";
  const view = ["yaw", "pitch", "hfov"]
    .map((name) => [name, /** @type {any} */ (place)[name]])
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${Number(value).toFixed(1)}`);
  const hotspot = place.hotspot ? `#${encodeURIComponent(place.hotspot)}` : "";
  const path = `${base}/${encodeURIComponent(place.tour)}/${encodeURIComponent(place.scene)}`;
  return `${path}${view.length ? `?${view.join("&")}` : ""}${hotspot}`;
}

/** @param {Message | {name: string, role: string}} one @param {Words} words */
export function nameOf(one, words) {
  if (one.name) return one.name;
  return one.role === "student" ? words.class_itself : words.erased;
}

/** @param {ParentNode} root @param {string} selector @param {string} text */
export function say(root, selector, text) {
  const place = find(selector, root);
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {string} text @param {Record<string, string | number>} values */
export function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** A short word in the corner, said politely too. @param {string} text */
export function toast(text) {
  const box = make("p", "toast", text);
  need("#toasts").append(box);
  setTimeout(() => box.remove(), 6000);
}
