import { isStill } from "../lib/dom.js";

/** @import { View } from "./types" */
/** @import { Stage } from "./stage.js" */

/** How fast one view nears another: after so many milliseconds, about a third of the way is left. */
const NEARS = 110;
/** Degrees that nobody sees. */
const NOTHING = 0.05;
/** With reduced motion the view cuts to where the leader rests for so long, in milliseconds. */
const REST = 450;

/**
 * A step of a view towards another, the shorter way round; it nears, and never passes it.
 * @param {View} from
 * @param {View} to
 * @param {number} ms - since the last step
 * @returns {View}
 */
export function nearer(from, to, ms) {
  const share = 1 - Math.exp(-Math.max(0, ms) / NEARS);
  const turn = ((((to.yaw - from.yaw + 180) % 360) + 360) % 360) - 180;
  if (Math.hypot(turn, to.pitch - from.pitch, to.hfov - from.hfov) < NOTHING) return to;
  return {
    yaw: from.yaw + turn * share,
    pitch: from.pitch + (to.pitch - from.pitch) * share,
    hfov: from.hfov + (to.hfov - from.hfov) * share,
  };
}

/** Turns the view after another's, which is told a few times a second. */
export class Glide {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    /** @type {View | null} */
    this.target = null;
    this.at = 0;
    this.timer = 0;
  }

  /** @param {View} view */
  to(view) {
    const isMoving = Boolean(this.target);
    this.target = view;
    if (isStill()) return this.#cutAtRest();
    if (isMoving) return;
    this.at = performance.now();
    requestAnimationFrame((now) => this.#step(now));
  }

  stop() {
    this.target = null;
    clearTimeout(this.timer);
  }

  /** @param {number} now */
  #step(now) {
    const { target, stage } = this;
    if (!target || !stage.viewer) return this.stop();
    const view = nearer(stage.view(), target, now - this.at);
    this.at = now;
    stage.viewer.put(view);
    if (view === target) return this.stop();
    requestAnimationFrame((next) => this.#step(next));
  }

  #cutAtRest() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.target) this.stage.viewer?.put(this.target);
      this.stop();
    }, REST);
  }
}
