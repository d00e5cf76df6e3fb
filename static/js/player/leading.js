import { need } from "../lib/dom.js";
import { Line } from "../lib/line.js";
import { LeadBar } from "../board/lead.js";
import { Beat, roundedView, stay } from "./telling.js";

/** @import { Player } from "./player.js" */
/** @import { State } from "../lib/line.js" */

/** The leader's player: the class sees what is seen here, as long as it follows. */
export class Leading {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.wasAway = false;
    const bar = need("#lead");
    const { slug } = bar.dataset;
    this.line = new Line({
      auth: { classroom: slug },
      onState: (state) => this.#onLine(state),
    });
    this.bar = new LeadBar(this.line, bar, () => this.#here());
    this.line.on("led", () => this.#bringBack());
    this.beat = new Beat(() => this.#tell());
    player.stage.watch(() => this.bar.isFollowed() && this.beat.touch());
    player.walking.address = (url) => stay(url, `/classes/${slug}/lead`);
    player.walking.arrivals.push(() => this.bar.isFollowed() && this.bar.order("follow"));
  }

  /** @param {State} state */
  #onLine(state) {
    need("#lead [data-lead-away]").hidden = state === "open";
    this.wasAway ||= state === "waiting";
  }

  /** The line is back, and the leader has walked on meanwhile: the class comes too. */
  #bringBack() {
    const { tour, scene } = this.#here();
    const { led } = this.bar;
    const isElsewhere = led.tour !== tour || led.scene !== scene;
    if (this.wasAway && this.bar.isFollowed() && isElsewhere) this.bar.order("follow");
    this.wasAway = false;
  }

  #here() {
    const { tour, slug } = this.player.scene;
    return { tour, scene: slug, view: roundedView(this.player.stage.view()) };
  }

  /** Where one looks: now and then while it turns, and where it comes to rest. */
  #tell() {
    if (!this.bar.isFollowed()) return;
    const view = roundedView(this.player.stage.view());
    this.line.say("lead_view", { board: this.bar.board, ...view });
  }
}
