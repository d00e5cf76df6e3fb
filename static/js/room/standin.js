import { find } from "../lib/dom.js";
import { ask } from "./asking.js";

/** @import { Line } from "../lib/line.js" */

/** Somebody of the team is the adult of a class whose teacher is away; the server knows whose. */
export class StandIn {
  /** @param {{line: Line, words: Record<string, any>}} side */
  constructor(side) {
    this.side = side;
    this.choice = /** @type {HTMLSelectElement | null} */ (find("#stand-in"));
    this.known = "";
    this.choice?.addEventListener("change", () => void this.#say());
    side.line.on("stand_in", (/** @type {{ number: number | null }} */ { number }) => {
      this.known = String(number ?? "");
      this.#show();
    });
  }

  async #say() {
    const wish = this.choice?.value;
    if (!(await ask(this.side, "stand_in", { number: wish ? Number(wish) : null }))) this.#show();
  }

  #show() {
    if (this.choice) this.choice.value = this.known;
  }
}
