import { find, need } from "../lib/dom.js";
import { NoNetwork, reach } from "../player/post.js";
import { Clock } from "./clock.js";
import { letPoint } from "./map.js";

/** @import { Line } from "../lib/line.js" */
/** @typedef {{quiz: string | null, number: number, phase: string}} Told */

/** Milliseconds between two tries to send an answer, or to fetch the part, while the network is away. */
const AGAIN = 1500;

/** A student's part of a live quiz: fetched anew whenever the quiz has moved. */
export class Mine {
  /**
   * @param {HTMLElement} box
   * @param {() => Line | null} line
   * @param {(phase: string) => void} [onShow]
   */
  constructor(box, line, onShow = () => {}) {
    this.box = box;
    this.line = line;
    this.onShow = onShow;
    this.clock = new Clock(box);
    this.heard = "";
    this.isAsking = false;
    box.addEventListener("submit", (event) => this.#send(event));
    if (box.firstElementChild) this.#dress();
  }

  /**
   * The quiz has moved, or the line has come back. What is being answered is left alone when
   * nothing but its time has changed.
   * @param {Told} told
   */
  async hear(told) {
    const heard = `${told.quiz}/${told.number}`;
    if (heard === this.heard) return;
    this.heard = heard;
    await this.load();
  }

  async load() {
    const wanted = this.heard;
    const part = await this.#fetch();
    if (part === null) {
      setTimeout(() => wanted === this.heard && this.load(), AGAIN);
      return;
    }
    if (wanted !== this.heard) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = part;
    if (this.#isSameQuestion(fresh)) this.#takeClock(fresh);
    else this.box.replaceChildren(...fresh.childNodes);
    this.#dress();
  }

  /** @returns {Promise<string | null>} */
  async #fetch() {
    try {
      const response = await reach("/class-quiz?part=1", { headers: { Accept: "text/html" } });
      return response.ok ? await response.text() : "";
    } catch {
      return null;
    }
  }

  /** @param {HTMLElement} fresh */
  #isSameQuestion(fresh) {
    const [old, now] = [find(".quiz-mine", this.box), find(".quiz-mine", fresh)];
    const hasForm = Boolean(find("form", this.box)) && Boolean(find("form", fresh));
    return hasForm && old?.dataset.asked === now?.dataset.asked;
  }

  /** @param {HTMLElement} fresh */
  #takeClock(fresh) {
    const [old, now] = [find("[data-clock]", this.box), find("[data-clock]", fresh)];
    if (old && now) old.replaceWith(now);
  }

  #dress() {
    const form = /** @type {HTMLFormElement | null} */ (find("form", this.box));
    if (form && !form.dataset.dressed) {
      form.dataset.dressed = "yes";
      letPoint(form);
    }
    this.clock.start();
    this.#showTotal();
    this.onShow(find(".quiz-mine", this.box)?.dataset.phase || "over");
  }

  /** What was earned is on the page's counter too. */
  #showTotal() {
    const total = find("[data-sum]", this.box)?.dataset.sum;
    const counter = find("#boulons [data-total]");
    if (total && counter) counter.textContent = total;
  }

  /** @param {SubmitEvent} event */
  async #send(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (this.isAsking) return;
    this.isAsking = true;
    const button = /** @type {HTMLButtonElement} */ (need("button:not([type=button])", form));
    button.setAttribute("aria-busy", "true");
    const wrong = need("[data-wrong]", form);
    wrong.hidden = true;
    try {
      await this.#deliver(form);
      await this.load();
      find("[data-head]", this.box)?.focus();
    } catch (error) {
      wrong.textContent = /** @type {Error} */ (error).message;
      wrong.hidden = false;
      if (/** @type {{code?: string}} */ (error).code?.startsWith("quiz_")) await this.load();
    } finally {
      this.isAsking = false;
      button.removeAttribute("aria-busy");
    }
  }

  /**
   * Say it until it is acknowledged: sent twice it counts once.
   * @param {HTMLFormElement} form
   */
  async #deliver(form) {
    const data = new FormData(form);
    const pointed = form.dataset.pointed;
    const answer = pointed ? pointed.split(" ") : data.getAll("answer").map(String);
    const body = { quiz: String(data.get("quiz")), position: Number(data.get("position")), answer };
    for (;;) {
      try {
        return await this.#say(body, data);
      } catch (error) {
        if (!(error instanceof NoNetwork) || !form.isConnected) throw error;
        await new Promise((resolve) => setTimeout(resolve, AGAIN));
      }
    }
  }

  /**
   * By the line where it is open, else by a request.
   * @param {{quiz: string, position: number, answer: string[]}} body
   * @param {FormData} data
   */
  async #say(body, data) {
    const line = this.line();
    if (line?.state === "open") return line.ask("quiz_answer", body);
    data.delete("answer");
    for (const one of body.answer) data.append("answer", one);
    const reply = await reach("/class-quiz", {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
    });
    const told = await reply.json().catch(() => null);
    if (told?.error) throw Object.assign(new Error(told.error.message), { code: told.error.code });
    return {};
  }
}
