import { find } from "../lib/dom.js";
import { ask } from "./asking.js";

/** @import { Line } from "../lib/line.js" */

/** Somebody of the team is the adult of a class whose teacher is away. */
export class StandIn {
  /** @param {{line: Line, words: Record<string, any>}} side */
  constructor(side) {
    this.side = side;
    this.choice = /** @type {HTMLSelectElement | null} */ (find("#stand-in"));
    this.heard = this.choice?.value ?? "";
    this.choice?.addEventListener("change", () => void this.#say(this.choice?.value ?? ""));
  }

  /** Say it again: the server may have been started anew meanwhile. */
  onOpen() {
    if (this.choice?.value) void this.#say(this.choice.value);
  }

  /** @param {string} wish */
  async #say(wish) {
    const answer = await ask(this.side, "stand_in", { number: wish ? Number(wish) : null });
    if (answer) this.heard = wish;
    else if (this.choice?.value === wish) this.choice.value = this.heard;
  }
}
