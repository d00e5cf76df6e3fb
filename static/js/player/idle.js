import { holdOpen } from "./dialogs.js";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "play", "timeupdate"];
/** Between two looks at the clock, in milliseconds. */
const BEAT = 5000;

/** After a while without a sign of life the page asks whether it is still the same person. */
export class Idle {
  /**
   * @param {HTMLDialogElement} box - `data-after` says how many seconds
   * @param {() => boolean} isLed - whoever looks at the board is not away
   */
  constructor(box, isLed) {
    this.box = box;
    this.after = Number(box.dataset.after) * 1000;
    this.seenAt = Date.now();
    for (const sign of SIGNS) {
      addEventListener(sign, () => this.touch(), { capture: true, passive: true });
    }
    this.isAsking = false;
    holdOpen(box, () => this.isAsking);
    box.querySelector("[data-stay]")?.addEventListener("click", () => this.#stay());
    setInterval(() => (isLed() ? this.touch() : this.#ask()), BEAT);
  }

  /** Somebody is there. */
  touch() {
    if (!this.isAsking) this.seenAt = Date.now();
  }

  #ask() {
    if (this.isAsking || Date.now() - this.seenAt < this.after) return;
    this.isAsking = true;
    this.box.showModal();
  }

  #stay() {
    this.isAsking = false;
    this.box.close();
    this.touch();
  }
}
