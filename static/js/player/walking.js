import { isStill, need } from "../lib/dom.js";
import { Drafts } from "./drafts.js";
import { swapPage } from "./pages.js";
import { NoNetwork } from "./post.js";
import { toast } from "./toasts.js";
import { say, tell } from "./words.js";

/** @import { Stage } from "./stage.js" */
/** @import { SceneData, View } from "./types" */

/**
 * How one arrives: the heading one went in, or where the way says to look; degrees.
 * @typedef {{heading?: number, yaw?: number, pitch?: number, hfov?: number}} Arrival
 */

/** From scene to scene: the next page is put in the place of this one. */
export class Walking {
  /**
   * @param {Stage} stage
   * @param {() => SceneData} scene
   * @param {() => void} onArrive - the new page is in
   */
  constructor(stage, scene, onArrive) {
    this.stage = stage;
    this.scene = scene;
    this.onArrive = onArrive;
    this.here = location.pathname;
    /** How many times one has set out: what was wanted last counts. */
    this.wishes = 0;
    this.drafts = new Drafts();
    /** @type {(() => void)[]} */
    this.arrivals = [];
    /** Where a way leads for this page: who leads a class stays in pages of their own. */
    this.address = (/** @type {string} */ url) => url;
    addEventListener("popstate", () => this.#comeBack());
  }

  /** Take a way: look on as one went, unless it says otherwise. @param {HTMLAnchorElement} link */
  follow(link) {
    const { yaw, pitch, way } = link.dataset;
    /** @type {Arrival} */
    const arrival = {};
    const { north } = this.scene();
    if (way !== undefined) {
      if (north !== null) arrival.heading = Number(way) + north;
      this.stage.viewer?.look(Number(way), 0, 300);
    }
    if (yaw !== undefined) Object.assign(arrival, { yaw: Number(yaw), pitch: Number(pitch) });
    return this.visit(link.href, arrival);
  }

  /**
   * Go to a scene.
   * @param {string} link
   * @param {Arrival} arrival
   * @returns {Promise<boolean>} whether one is there
   */
  visit(link, arrival) {
    const url = this.address(link);
    return this.#go(url, arrival, () => history.pushState(null, "", url));
  }

  /** Show this scene anew, looking where one looks: something in it has changed. */
  refresh() {
    return this.#go(location.href, this.stage.view(), () => undefined);
  }

  /** Back or forward; a place within the page is none of our business. */
  #comeBack() {
    if (location.pathname !== this.here) this.#go(location.href, {}, () => undefined);
    else this.#stay();
  }

  /** Back where one still is: what was on its way is not wanted any more. */
  #stay() {
    const { box, viewer } = this.stage;
    this.wishes += 1;
    if (box.dataset.state === "leaving") box.dataset.state = viewer ? "sharp" : "";
  }

  /** @param {string} url @param {Arrival} arrival @param {() => void} note - in the history */
  async #go(url, arrival, note) {
    const { box, viewer } = this.stage;
    box.dataset.state = "leaving";
    this.drafts.keep(this.scene());
    const wish = ++this.wishes;
    try {
      if (!(await swapPage(url, () => wish === this.wishes))) return false;
    } catch (error) {
      if (wish !== this.wishes) return false;
      box.dataset.state = viewer ? "sharp" : "";
      toast(tell(error instanceof NoNetwork ? "lost" : "failed"));
      return false;
    }
    note();
    this.here = location.pathname;
    this.#arrive(arrival);
    return true;
  }

  /** @param {Arrival} arrival */
  #arrive(arrival) {
    this.onArrive();
    this.drafts.giveBack(this.scene());
    this.stage.show(lookFrom(arrival, this.scene()));
    const title = need("#scene-title");
    title.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: isStill() ? "auto" : "smooth" });
    say(tell("arrived", { title: title.textContent || "" }));
    for (const tellArrived of this.arrivals) tellArrived();
  }
}

/** @param {Arrival} arrival @param {SceneData} scene @returns {View} */
function lookFrom({ heading, yaw, pitch = 0, hfov }, { view, north }) {
  if (yaw !== undefined) return { hfov: hfov ?? view.hfov, yaw, pitch };
  if (heading === undefined || north === null) return view;
  return { ...view, yaw: ((heading - north + 540) % 360) - 180, pitch: 0 };
}
