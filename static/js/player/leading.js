import { need } from "../lib/dom.js";
import { Line } from "../lib/line.js";
import { LeadBar } from "../board/lead.js";

/** @import { Player } from "./player.js" */
/** @import { View } from "./types" */

/** Between two views that are told, in milliseconds: eight a second. */
const BEAT = 125;

/** The leader's player: the class sees what is seen here, as long as it follows. */
export class Leading {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    const bar = need("#lead");
    const { slug } = bar.dataset;
    this.line = new Line({
      auth: { classroom: slug },
      onState: (state) => (need("[data-lead-away]", bar).hidden = state === "open"),
    });
    this.bar = new LeadBar(this.line, bar, () => this.#here());
    this.toldAt = 0;
    this.timer = 0;
    player.stage.watch(() => this.#turn());
    player.walking.address = (url) => stayLeading(url, slug || "");
    player.walking.arrivals.push(() => this.bar.isFollowed() && this.bar.order("follow"));
  }

  #here() {
    const { tour, slug } = this.player.scene;
    return { tour, scene: slug, view: this.#view() };
  }

  /** @returns {View} */
  #view() {
    const { yaw, pitch, hfov } = this.player.stage.view();
    return { yaw: round(yaw), pitch: round(pitch), hfov: round(hfov) };
  }

  /** Tell where one looks: now and then while it turns, and where it comes to rest. */
  #turn() {
    if (this.timer || !this.bar.isFollowed()) return;
    const pause = Math.max(0, BEAT - (performance.now() - this.toldAt));
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.toldAt = performance.now();
      if (this.bar.isFollowed()) this.line.say("lead_view", { board: this.bar.board, ...this.#view() });
    }, pause);
  }
}

/**
 * The address in which a class is led through the same scene.
 * @param {string} url
 * @param {string} slug
 */
function stayLeading(url, slug) {
  const { pathname } = new URL(url, location.href);
  const scene = /^\/tours\/([^/]+\/[^/]+)$/.exec(pathname);
  return scene ? `/classes/${slug}/lead/${scene[1]}` : url;
}

/** @param {number} degrees */
function round(degrees) {
  return Math.round(degrees * 100) / 100;
}
