import { all } from "../lib/dom.js";
import { holdOpen } from "./dialogs.js";

/**
 * « Regardez le tableau »: the page is dimmed and rests; what is typed stays, films go on from where
 * they were.
 */
export class Eyes {
  /** @param {HTMLDialogElement} box */
  constructor(box) {
    this.box = box;
    this.isOn = false;
    /** @type {HTMLMediaElement[]} */
    this.paused = [];
    holdOpen(box, () => this.isOn);
  }

  /** @param {boolean} isOn */
  set(isOn) {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    if (isOn) this.#rest();
    else this.#goOn();
  }

  #rest() {
    this.paused = playing();
    for (const media of this.paused) media.pause();
    this.box.showModal();
  }

  #goOn() {
    this.box.close();
    for (const media of this.paused) {
      if (media.isConnected) media.play().catch(() => undefined);
    }
    this.paused = [];
  }
}

/** What plays now: films and sounds. @returns {HTMLMediaElement[]} */
export function playing() {
  const media = /** @type {HTMLMediaElement[]} */ (all("video, audio"));
  return media.filter((one) => !one.paused && !one.ended);
}
