import { find, need } from "../lib/dom.js";
import { toast } from "./toasts.js";
import { tell } from "./words.js";

/** A question asks for a place: the next click in the view, or Enter, is the answer. */
export class Aiming {
  /** @param {(url: string, answer: string[]) => void} answer */
  constructor(answer) {
    this.answer = answer;
    this.url = "";
    need("#player").addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-aim] button");
      if (button) this.#ask(/** @type {HTMLFormElement} */ (button.closest("form")));
    });
  }

  /**
   * Take a direction for the answer, when one was asked for.
   * @param {{yaw: number, pitch: number}} direction
   * @returns {boolean} whether it was
   */
  take(direction) {
    const { url } = this;
    const isAsked = Boolean(url && find(`#panel form[action="${url}"] [data-aim]`));
    this.#set("");
    if (!isAsked) return false;
    this.answer(url, [direction.yaw, direction.pitch].map((degrees) => degrees.toFixed(2)));
    return true;
  }

  /** @param {HTMLFormElement} form */
  #ask(form) {
    this.#set(new URL(form.action).pathname);
    toast(tell("aim"));
    need("#view").focus();
  }

  /** @param {string} url - where the answer goes; none: "" */
  #set(url) {
    this.url = url;
    document.documentElement.toggleAttribute("data-aiming", Boolean(url));
  }
}
