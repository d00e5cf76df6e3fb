import { find, need } from "../lib/dom.js";
import { Line } from "../lib/line.js";
import { Refused } from "./post.js";
import { Beat, round, roundedView, stay } from "./telling.js";
import { toast } from "./toasts.js";

/** @import { Player } from "./player.js" */
/** @import { Here, History, Place, RoomEvent, RoomState } from "../room/types" */

/** What is shown is called after the hotspot in the middle, within so many degrees. */
const NEAR = 12;

/** An adult of a room looks at a place of it; whoever answers there shows it to the class. */
export class Showing {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.bar = need("#show");
    this.isTurning = false;
    this.mayTurn = false;
    /** @type {RoomState["phase"]} */
    this.phase = "waiting";
    /** @type {{yaw: number, pitch: number} | null} */
    this.point = null;
    this.beat = new Beat(() => this.#tell());
    this.line = this.#open();
    // Looking is not visiting: nothing is found here.
    player.finding.findOpened = () => undefined;
    player.walking.address = (url) => stay(url, `/rooms/${this.bar.dataset.slug}/look`);
    player.walking.arrivals.push(() => this.#touch());
    player.stage.watch(() => this.#touch());
    this.#listen();
  }

  #open() {
    const { slug } = this.bar.dataset;
    const { tour, slug: scene } = this.player.scene;
    const line = new Line({
      auth: { room: slug, side: "staff", tour, scene },
      onState: (state) => this.#onLine(state),
    });
    line.on("history", (/** @type {History} */ { room }) => this.#hearRoom(room));
    line.on("chat", (/** @type {RoomEvent} */ { room }) => room && this.#hearRoom(room));
    line.on("here", (/** @type {Here} */ here) => this.#hearHere(here));
    return line;
  }

  #listen() {
    find("[data-show]", this.bar)?.addEventListener("click", () => this.#show());
    find("[data-turn]", this.bar)?.addEventListener("click", () => this.#switch(!this.isTurning));
    const view = find("#view");
    for (const sign of ["pointermove", "pointerdown"]) {
      view?.addEventListener(sign, (event) => this.#pointAt(/** @type {PointerEvent} */ (event)));
    }
    view?.addEventListener("pointerleave", () => {
      this.point = null;
      this.#touch();
    });
  }

  /** @param {string} state */
  #onLine(state) {
    const away = find("[data-away]", this.bar);
    if (away) away.hidden = state === "open";
    if (state === "open") this.#touch();
  }

  /** @param {RoomState} room */
  #hearRoom({ phase, mode }) {
    this.phase = phase;
    if (phase !== "open" || mode === "paused") this.#stop();
    this.#dress();
  }

  /** @param {Here} here */
  #hearHere({ classes }) {
    this.mayTurn = classes.some((one) => one.views);
    if (!this.mayTurn && this.isTurning) {
      this.#stop();
      toast(this.bar.dataset.nobody || "");
    }
    this.#dress();
    this.#touch();
  }

  #dress() {
    const show = /** @type {HTMLButtonElement | null} */ (find("[data-show]", this.bar));
    const turn = find("[data-turn]", this.bar);
    if (!show || !turn) return;
    show.disabled = this.phase === "closed";
    turn.hidden = !this.mayTurn || this.phase !== "open";
    turn.setAttribute("aria-pressed", String(this.isTurning));
    need("[data-told]", this.bar).textContent = this.isTurning ? this.bar.dataset.turning || "" : "";
  }

  async #show() {
    const place = this.#place();
    const title = this.#nearest()?.title ?? need("#scene-title").textContent ?? "";
    if (!(await this.#ask("show", { place }))) return;
    toast((this.bar.dataset.shown || "").replace("{title}", title));
  }

  /** @param {boolean} isOn */
  async #switch(isOn) {
    if (!isOn) {
      this.#stop();
      await this.#ask("turn_views", { place: null });
    } else if (await this.#ask("turn_views", this.#view())) this.isTurning = true;
    this.#dress();
  }

  #stop() {
    this.isTurning = false;
  }

  #touch() {
    if (this.isTurning) this.beat.touch();
  }

  #tell() {
    if (this.isTurning) this.line.say("turn_views", this.#view());
  }

  #view() {
    return { place: this.#place(), point: this.point };
  }

  /** @returns {Place} */
  #place() {
    const { tour, slug } = this.player.scene;
    const view = roundedView(this.player.stage.view());
    return { tour, scene: slug, hotspot: this.#nearest()?.slug ?? "", ...view };
  }

  /** The hotspot whose panel is open, else the one in the middle. */
  #nearest() {
    const { hotspots } = this.player.scene;
    const { slug } = this.player.finding.panel;
    const opened = hotspots.find((one) => one.slug === slug);
    if (opened) return opened;
    const { yaw, pitch } = this.player.stage.view();
    const far = (/** @type {{yaw: number, pitch: number}} */ one) =>
      Math.hypot(((((one.yaw - yaw + 180) % 360) + 360) % 360) - 180, one.pitch - pitch);
    return hotspots.filter((one) => far(one) < NEAR).sort((one, other) => far(one) - far(other))[0];
  }

  /** @param {PointerEvent} event */
  #pointAt(event) {
    if (!this.isTurning) return;
    const at = this.player.stage.viewer?.under(event);
    this.point = at ? { yaw: round(at.yaw), pitch: round(at.pitch) } : null;
    this.#touch();
  }

  /** @param {string} event @param {object} body */
  async #ask(event, body) {
    try {
      return await this.line.askSoon(event, body);
    } catch (error) {
      const isSaid = error instanceof Refused;
      toast(isSaid ? error.message : need("[data-away]", this.bar).textContent || "");
      return null;
    }
  }
}
