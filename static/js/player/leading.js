import { need } from "../lib/dom.js";
import { Line } from "../lib/line.js";
import { LeadBar } from "../board/lead.js";
import { Beat, roundedView, stay } from "./telling.js";

/** @import { Player } from "./player.js" */

/** The leader's player: the class sees what is seen here, as long as it follows. */
export class Leading {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    /** Whether one has walked or turned while the line was away: the class has not heard of it. */
    this.isAhead = false;
    const bar = need("#lead");
    const { slug } = bar.dataset;
    this.line = new Line({
      auth: { classroom: slug },
      onState: (state) => (need("[data-lead-away]", bar).hidden = state === "open"),
    });
    this.bar = new LeadBar(this.line, bar, () => this.#here());
    this.line.on("led", () => this.isAhead && this.#bring());
    this.beat = new Beat(() => this.#tell());
    player.stage.watch(() => this.bar.isFollowed() && this.beat.touch());
    player.walking.address = (url) => stay(url, `/classes/${slug}/lead`);
    player.walking.arrivals.push(() => this.#bring());
  }

  #here() {
    const { tour, slug } = this.player.scene;
    return { tour, scene: slug, view: roundedView(this.player.stage.view()) };
  }

  /** Whoever follows comes where one is. */
  async #bring() {
    this.isAhead = false;
    if (this.bar.isFollowed()) this.isAhead = !(await this.bar.order("follow"));
  }

  /** Where one looks: now and then while it turns, and where it comes to rest. */
  #tell() {
    if (!this.bar.isFollowed()) return;
    this.isAhead ||= this.line.state === "waiting"; // a page that opens moves nobody
    const view = roundedView(this.player.stage.view());
    this.line.say("lead_view", { board: this.bar.board, ...view });
  }
}
