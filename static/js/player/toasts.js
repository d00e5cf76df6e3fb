import { find, isStill, make, need } from "../lib/dom.js";
import { tell } from "./words.js";

/** @import { Reward } from "./types" */

const STAYS = 5000;

/** A short word on the page, said politely too. @param {string} text @param {Node} [more] */
export function toast(text, more) {
  const box = make("p", "toast", text);
  if (more) box.prepend(more);
  need("#toasts").append(box);
  setTimeout(() => box.remove(), STAYS);
}

/** A new pin. @param {Reward} reward */
export function toastReward(reward) {
  toastLink(tell("reward", { title: reward.title }), reward.url);
}

/** A word that leads somewhere: it stays longer. @param {string} text @param {string} url */
export function toastLink(text, url) {
  const link = /** @type {HTMLAnchorElement} */ (make("a", "toast__link", text));
  link.href = url;
  const box = make("p", "toast toast--pin");
  box.append(link);
  need("#toasts").append(box);
  setTimeout(() => box.remove(), 3 * STAYS);
}

/**
 * The boulons in the page's head, after some were gained.
 * @param {number} total
 * @param {number} points
 */
export function countUp(total, points) {
  const counter = find("#boulons");
  if (!counter) return;
  need("[data-total]", counter).textContent = String(total);
  const word = find(".boulons__word", counter);
  if (word) word.textContent = tell(total > 1 ? "boulons" : "boulon");
  if (!points) return;
  counter.classList.remove("boulons--new");
  void counter.offsetWidth;
  counter.classList.add("boulons--new");
  if (!isStill()) fly(counter, points);
}

/** @param {HTMLElement} counter @param {number} points */
function fly(counter, points) {
  const one = make("span", "flying", tell(points > 1 ? "gained_many" : "gained_one", { points }));
  one.setAttribute("aria-hidden", "true");
  counter.append(one);
  setTimeout(() => one.remove(), 1200);
}
