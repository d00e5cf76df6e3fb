import { find, need } from "../lib/dom.js";
import { NoNetwork, post, Refused } from "./post.js";
import { Queue } from "./queue.js";
import { toast } from "./toasts.js";
import { tell } from "./words.js";

/** @import { Evidence, Reply } from "./types" */

const RETRY = 8000;

/** Sends finds in order, keeps those that cannot leave, and tells the page what came of each. */
export class Finds {
  /**
   * @param {(url: string, reply: Reply) => void} onReply
   * @param {(url: string, message: string) => void} onRefused
   */
  constructor(onReply, onRefused) {
    this.onReply = onReply;
    this.onRefused = onRefused;
    this.queue = new Queue(document.body.dataset.place || "");
    /** @type {Promise<void> | null} */
    this.sending = null;
    this.isClosed = false;
    if (this.queue.dropped) toast(tell("dropped"));
    addEventListener("online", () => this.send());
    setInterval(() => this.queue.first() && this.send(), RETRY);
    this.#show();
    this.send();
  }

  /** @param {string} url @param {Evidence} body */
  add(url, body) {
    if (this.isClosed) return;
    this.queue.add({ url, body });
    return this.send();
  }

  /** Whoever was here leaves: nothing is taken any more. */
  close() {
    this.isClosed = true;
    this.queue.clear();
  }

  /** Send what waits, oldest first, until none is left or the network is gone. */
  send() {
    if (!this.sending) this.sending = this.#sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  async #sendAll() {
    let one;
    while ((one = this.queue.first()) && (await this.#sendOne(one)));
    this.#show();
  }

  /** @param {import("./queue.js").Waiting} one @returns {Promise<boolean>} whether to go on */
  async #sendOne(one) {
    try {
      const reply = await post(one.url, one.body);
      this.queue.drop();
      this.onReply(one.url, reply);
    } catch (error) {
      if (error instanceof NoNetwork) {
        this.#show(true);
        return false;
      }
      if (error instanceof Refused && error.code === "other_place") return this.#dropAll();
      this.queue.drop();
      this.onRefused(one.url, error instanceof Error ? error.message : "");
    }
    return true;
  }

  /** Somebody else is at this machine now: nothing of this page is theirs. */
  #dropAll() {
    this.queue.clear();
    toast(tell("dropped"));
    return false;
  }

  /** Say how many wait. @param {boolean} [isOut] - the network was just found missing */
  #show(isOut = false) {
    const band = need("#waiting");
    const count = this.queue.waiting.length;
    const wasWaiting = !band.hidden;
    band.hidden = count === 0 || (!isOut && !wasWaiting && navigator.onLine);
    need("[data-waiting]", band).textContent = tell(
      count > 1 ? "waiting_many" : "waiting_one",
      { count },
    );
    if (wasWaiting && count === 0) toast(tell("sent"));
  }
}

/**
 * What a form says, as evidence.
 * @param {HTMLFormElement} form
 * @param {string} scene
 * @returns {Evidence}
 */
export function readForm(form, scene) {
  const fields = new FormData(form);
  /** @type {Evidence} */
  const evidence = { scene };
  for (const flag of ["opened", "read"]) if (fields.has(flag)) evidence[flag] = true;
  if (fields.has("riddle")) evidence.riddle = fields.get("riddle");
  if (find('[name="answer"]', form)) evidence.answer = fields.getAll("answer");
  return evidence;
}
