import { isStill, need } from "../lib/dom.js";
import { swapPage } from "./pages.js";
import { NoNetwork } from "./post.js";
import { toast } from "./toasts.js";
import { say, tell } from "./words.js";

/** @import { Stage } from "./stage.js" */
/** @import { SceneData, View } from "./types" */

/**
 * How one arrives: the heading one went in, or where the way says to look; degrees.
 * @typedef {{heading?: number, yaw?: number, pitch?: number}} Arrival
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
    return this.#go(link.href, arrival, () => history.pushState(null, "", link.href));
  }

  /** Back or forward; a place within the page is none of our business. */
  #comeBack() {
    if (location.pathname !== this.here) this.#go(location.href, {}, () => undefined);
  }

  /** @param {string} url @param {Arrival} arrival @param {() => void} note - in the history */
  async #go(url, arrival, note) {
    const { box, viewer } = this.stage;
    box.dataset.state = "leaving";
    try {
      await swapPage(url);
    } catch (error) {
      box.dataset.state = viewer ? "sharp" : "";
      return toast(tell(error instanceof NoNetwork ? "lost" : "failed"));
    }
    note();
    this.here = location.pathname;
    this.#arrive(arrival);
  }

  /** @param {Arrival} arrival */
  #arrive(arrival) {
    this.onArrive();
    this.stage.show(lookFrom(arrival, this.scene()));
    const title = need("#scene-title");
    title.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: isStill() ? "auto" : "smooth" });
    say(tell("arrived", { title: title.textContent || "" }));
  }
}

/** @param {Arrival} arrival @param {SceneData} scene @returns {View} */
function lookFrom({ heading, yaw, pitch = 0 }, { view, north }) {
  if (yaw !== undefined) return { ...view, yaw, pitch };
  if (heading === undefined || north === null) return view;
  return { ...view, yaw: ((heading - north + 540) % 360) - 180, pitch: 0 };
}
