import { all, find, need, readJson } from "../lib/dom.js";
import { Aiming } from "./aiming.js";
import { Finding } from "./finding.js";
import { listenToKeys } from "./keys.js";
import { readPlace } from "./place.js";
import { settings } from "./settings.js";
import { Stage } from "./stage.js";
import { Tools } from "./tools.js";
import { Trace } from "./trace.js";
import { Treasures } from "./treasures.js";
import { Walking } from "./walking.js";

/** @import { Hotspot, SceneData, View } from "./types" */
/** @import { Viewer } from "./viewer.js" */

/** The page of a scene, alive: stage, list, panel, finds and ways together. */
export class Player {
  /** @param {(place: HTMLElement) => Viewer} makeViewer */
  constructor(makeViewer) {
    /** @type {SceneData} */
    this.scene = readJson("scene");
    this.place = readPlace(location);
    const scene = () => this.scene;
    this.stage = new Stage(makeViewer, scene, {
      open: (spot, by) => this.#openSpot(spot, by),
      turn: (view) => this.#onView(view),
    });
    this.finding = new Finding(this.stage, scene);
    this.walking = new Walking(this.stage, scene, () => this.#onArrive());
    this.trace = new Trace(() => this.scene.view_url);
    this.aiming = new Aiming((url, answer) => this.finding.answer(url, answer));
    this.treasures = new Treasures(
      scene,
      (reply) => this.finding.onTreasure(reply),
      (direction) => this.aiming.take(direction),
    );
    this.tools = new Tools(() => this.stage.viewer, {
      list: () => this.#switchList(),
      saver: () => this.#restart(),
      sound: () => this.#setSound(),
    });
  }

  start() {
    document.body.style.setProperty("--accent", document.body.dataset.accent || "");
    this.#listen();
    this.#dress();
    const { place } = this;
    Object.assign(this.scene.view, place?.view);
    const isShown = this.stage.show(this.scene.view);
    this.#openNamed();
    if (place?.hotspot) isShown.then(() => this.pointOut(place.hotspot));
  }

  /** Bring a hotspot to the front, without opening it. @param {string} slug */
  async pointOut(slug) {
    (await import("./pointing.js")).pointOut(this, slug);
  }

  #listen() {
    const page = need("#player");
    page.addEventListener("click", (event) => this.#onClick(event));
    page.addEventListener("submit", (event) => this.#onSubmit(event));
    page.addEventListener("toggle", (event) => this.#onFold(event), true);
    const place = find("#view");
    if (!place) return;
    const viewer = () => this.stage.viewer;
    this.treasures.listen(place, (event) => viewer()?.under(event) ?? null);
    listenToKeys(place, viewer, () => this.treasures.look(this.stage.view()));
  }

  /** What is only for this script, after a page was put in. */
  #dress() {
    this.tools.setNorth(this.scene.north);
    this.finding.dress();
    this.#setSound();
    const strip = find(".strip__scenes");
    const stop = find(".stop[aria-current]");
    if (strip && stop) strip.scrollLeft = stop.offsetLeft - (strip.clientWidth - stop.clientWidth) / 2;
  }

  #onArrive() {
    this.trace.flush();
    this.finding.panel.drop();
    this.scene = readJson("scene");
    this.#dress();
  }

  #switchList() {
    this.finding.panel.close();
    this.stage.show(this.scene.view);
  }

  #restart() {
    const view = this.stage.view();
    this.stage.close();
    this.stage.show(view);
  }

  #setSound() {
    for (const film of all("video[data-played]")) {
      /** @type {HTMLVideoElement} */ (film).muted = !settings.sound;
    }
  }

  /** @param {View} view */
  #onView(view) {
    this.tools.turn(view.yaw);
    if (need("#stage").dataset.state === "sharp") this.trace.note(view);
  }

  /** A plate: a way is taken, anything else is opened. @param {Hotspot} spot @param {HTMLElement} by */
  #openSpot(spot, by) {
    const link = find(`#hotspot-${spot.slug} a[data-go]`);
    if (link instanceof HTMLAnchorElement) this.walking.follow(link);
    else this.finding.open(spot.slug, by);
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const link = target.closest("a[data-go]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (link && isPlain) {
      event.preventDefault();
      this.walking.follow(/** @type {HTMLAnchorElement} */ (link));
    }
    const summary = target.closest(".spot__fold > summary");
    if (summary instanceof HTMLElement && !settings.list) {
      event.preventDefault();
      const item = /** @type {HTMLElement} */ (summary.closest("[data-slug]"));
      this.finding.open(item.dataset.slug || "", summary);
    }
  }

  /** In the list alone, unfolding is opening. @param {Event} event */
  #onFold(event) {
    const fold = event.target;
    if (!(fold instanceof HTMLDetailsElement) || !fold.open || !fold.matches(".spot__fold")) return;
    this.finding.findOpened(fold, /** @type {HTMLElement} */ (fold.closest("[data-slug]")));
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const url = new URL(form.action).pathname;
    if (form.matches("[data-decision]")) {
      const option = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value;
      this.finding.decide(url, option || "");
    } else if (form.matches("[data-find]")) this.finding.send(form, url);
    else return;
    event.preventDefault();
  }

  /** A hotspot named in the address is opened. */
  #openNamed() {
    if (!location.hash.startsWith("#hotspot-")) return;
    const item = document.getElementById(location.hash.slice(1));
    const summary = item && find("summary", item);
    if (summary) summary.click();
  }
}
