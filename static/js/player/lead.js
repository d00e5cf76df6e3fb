import { find, isStill, make, need, readJson } from "../lib/dom.js";
import { Eyes, playing } from "./eyes.js";
import { Glide } from "./glide.js";
import { settings } from "./settings.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

/** @import { Player } from "./player.js" */
/** @import { View } from "./types" */

/**
 * What the class is led to do. `number` moves with every order. « turn »: a professional of a room
 * shows something, who has a `name`, and points somewhere; only whoever is there follows.
 * @typedef {{number: number, mode: "free" | "eyes" | "scene" | "follow" | "turn", tour: string,
 *   scene: string, titles: Record<string, string>, name?: string, hotspot?: string,
 *   point?: Direction} & View} Led
 * @typedef {{yaw: number, pitch: number}} Direction
 */

const NAME = "deambule.led";
/** Between two announcements of where the class looks, in milliseconds. */
const SAID_EVERY = 5000;
/** Between two looks at whether one may follow now, in milliseconds. */
const AGAIN = 1000;
const TYPED = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

/** A student's page is led: it follows when nothing is typed and no film plays, each order once. */
export class Lead {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.words = readJson("seat-words");
    this.eyes = new Eyes(/** @type {HTMLDialogElement} */ (need("#eyes")));
    this.glide = new Glide(player.stage);
    this.pointer = make("span", "pointer");
    this.pointer.setAttribute("aria-hidden", "true");
    this.link = /** @type {HTMLAnchorElement} */ (need("#led [data-led-go]"));
    /** @type {Led | null} */
    this.led = null;
    this.followed = readFollowed();
    this.isGoing = false;
    this.saidAt = -SAID_EVERY;
    this.said = "";
    this.link.addEventListener("click", (event) => this.#onLink(event));
    player.walking.arrivals.push(() => this.#attend());
    setInterval(() => this.#attend(), AGAIN);
  }

  /** The whole state: at each order, and when the line is back. @param {Led} led */
  hear(led) {
    const wasLed = this.led && !["free", "turn"].includes(this.led.mode);
    this.led = led;
    this.eyes.set(led.mode === "eyes");
    if (led.mode === "free") {
      this.glide.stop();
      if (wasLed) toast(this.words.free);
    }
    // The same order with another name of what is shown may bring the last view that is told.
    if (led.mode === "turn" && this.followed === this.#name() && this.#mayTurn()) {
      this.glide.to(this.#view());
    }
    this.#attend();
    this.#point();
  }

  /** The leader looks elsewhere. @param {View & {number: number, point?: Direction}} view */
  turn(view) {
    if (!this.led || this.led.number !== view.number) return;
    Object.assign(this.led, view);
    if (this.#mayTurn()) this.glide.to(this.#view());
    this.#point();
  }

  /** Show where a professional points, else where they look. */
  #point() {
    const { led, pointer } = this;
    const isShown = led?.mode === "turn" && this.#mayTurn();
    pointer.textContent = led?.name || "";
    const { yaw, pitch } = led?.point ?? led ?? { yaw: 0, pitch: 0 };
    this.player.stage.viewer?.point(isShown ? { yaw, pitch, element: pointer } : null);
  }

  /** Whether the page is being led now. */
  isLed() {
    return Boolean(this.led && this.led.mode !== "free");
  }

  /** Follow, or offer to. */
  #attend() {
    const { led } = this;
    const isTurned = led?.mode === "turn";
    const isWanted = isTurned || led?.mode === "scene" || led?.mode === "follow";
    if (!isWanted || this.isGoing) return this.#offer(false);
    if (this.#isThere()) {
      this.#offer(isTurned || settings.list);
      if (this.followed !== this.#name() && this.#mayTurn()) this.#lookThere();
    } else {
      this.#offer(true);
      if (!isTurned && this.followed !== this.#name() && !settings.list && !isBusy()) this.#go();
    }
  }

  #lookThere() {
    this.#note();
    if (isStill()) this.player.stage.viewer?.put(this.#view());
    else this.glide.to(this.#view());
  }

  async #go() {
    const { led } = this;
    if (!led) return;
    this.isGoing = true;
    this.glide.stop();
    const hasArrived = await this.player.walking.visit(this.#url(), this.#view());
    this.isGoing = false;
    if (hasArrived && this.led?.number === led.number) this.#note();
    this.#attend();
  }

  /** @param {Event} event */
  #onLink(event) {
    event.preventDefault();
    this.#goAndLook();
  }

  /** In the list there is no view to be turned: one comes to what is shown there. */
  async #goAndLook() {
    if (!this.#isThere()) await this.#go();
    const { hotspot } = this.led ?? {};
    if (hotspot && settings.list && this.#isThere()) this.player.pointOut(hotspot);
  }

  /** @param {boolean} isOffered */
  #offer(isOffered) {
    const box = need("#led");
    box.hidden = !isOffered;
    if (!isOffered) return;
    const { mode, name = "", hotspot } = /** @type {Led} */ (this.led);
    const words = mode === "turn" ? this.words.turned.replace("{name}", name) : this.words.led;
    const text = words.replace("{title}", this.#title());
    this.link.href = this.#url();
    this.link.hidden = this.#isThere() && !(settings.list && hotspot);
    const place = need("[data-led]", box);
    if (place.textContent !== text) place.textContent = text;
    if (text === this.said || performance.now() - this.saidAt < SAID_EVERY) return;
    this.said = text;
    this.saidAt = performance.now();
    say(text);
  }

  #isThere() {
    const { scene } = this.player;
    return scene.tour === this.led?.tour && scene.slug === this.led.scene;
  }

  /** Views are turned where there is a view, and never behind somebody who types or watches. */
  #mayTurn() {
    return this.#isThere() && !settings.list && !this.isGoing && this.player.stage.isShown() && !isBusy();
  }

  #view() {
    const { yaw, pitch, hfov } = /** @type {Led} */ (this.led);
    return { yaw, pitch, hfov };
  }

  #url() {
    return `/tours/${this.led?.tour}/${this.led?.scene}`;
  }

  #title() {
    const titles = this.led?.titles || {};
    return titles[document.documentElement.lang] || titles.fr || this.led?.scene || "";
  }

  /** An order, as it is noted: others at this machine have others. */
  #name() {
    return `${document.body.dataset.place}:${this.led?.number}`;
  }

  #note() {
    this.followed = this.#name();
    try {
      sessionStorage.setItem(NAME, this.followed);
    } catch {
      // Then it is followed again after a reload.
    }
  }
}

function readFollowed() {
  try {
    return sessionStorage.getItem(NAME) || "";
  } catch {
    return "";
  }
}

/** Whether something is being typed, or a film or a sound plays. */
export function isBusy() {
  const focused = document.activeElement;
  return Boolean(focused?.matches(TYPED) && find("#player")?.contains(focused)) || playing().length > 0;
}
