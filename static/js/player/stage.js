import { all, find, need } from "../lib/dom.js";
import { fetchAhead, whenIdle } from "./ahead.js";
import { makePlates, markPlate } from "./plates.js";
import { settings } from "./settings.js";
import { toast } from "./toasts.js";
import { tell } from "./words.js";

/** @import { Hotspot, SceneData, View } from "./types" */
/** @import { Viewer } from "./viewer.js" */

/** The view of the scene, or what stands for it: plates on it, and the pictures that come after. */
export class Stage {
  /**
   * @param {(place: HTMLElement) => Viewer} makeViewer
   * @param {() => SceneData} scene
   * @param {{open: (spot: Hotspot, by: HTMLElement) => void, turn: (view: View) => void}} does
   */
  constructor(makeViewer, scene, does) {
    this.makeViewer = makeViewer;
    this.scene = scene;
    this.does = does;
    /** @type {Viewer | null} */
    this.viewer = null;
    /** @type {((view: View) => void)[]} */
    this.watchers = [];
    this.box = need("#stage");
    this.box.addEventListener("scroll", () => this.box.scrollTo(0, 0));
  }

  /** Where one looks, or would look. @returns {View} */
  view() {
    return this.viewer?.view() ?? this.scene().view;
  }

  /** Tell whenever one looks elsewhere. @param {(view: View) => void} watcher */
  watch(watcher) {
    this.watchers.push(watcher);
  }

  /** Whether the view is there to be turned. */
  isShown() {
    return Boolean(this.viewer) && ["loading", "sharp"].includes(this.box.dataset.state || "");
  }

  /** Wait until the first view is sharp, or until it is known that there is none. */
  async settled() {
    while (!["sharp", "flat"].includes(this.box.dataset.state || "") && !settings.list) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Show the scene as it was chosen: the view from a direction, or no view. @param {View} view */
  async show(view) {
    document.documentElement.dataset.view = settings.list ? "list" : "round";
    const place = find("#view");
    const { tiles } = this.scene();
    if (settings.list) this.close();
    if (settings.list || !place || !tiles) return this.#showThumbs();
    this.box.dataset.state = "loading";
    try {
      await this.#open(place).load(tiles, view);
    } catch (error) {
      if (error instanceof Error && error.message === "left") return;
      return this.#showFlat(place);
    }
    this.showPlates();
    this.does.turn(view);
    this.#whenSharp();
  }

  close() {
    this.viewer?.destroy();
    this.viewer = null;
  }

  showPlates() {
    const plates = makePlates(this.scene().hotspots, {
      look: (spot) => this.look(spot),
      open: (spot, by) => this.does.open(spot, by),
    });
    this.viewer?.setMarkers(plates);
  }

  /** @param {Hotspot} spot */
  look(spot) {
    this.viewer?.look(spot.yaw, spot.pitch);
  }

  /** @param {string} slug @returns {HTMLElement | null} */
  plate(slug) {
    return find(`.spot-plate[data-slug="${slug}"]`);
  }

  /** @param {string} slug - the plate that is found now */
  mark(slug) {
    const plate = this.plate(slug);
    if (plate) markPlate(plate);
  }

  /** @param {string} slug - the plate whose panel is open; none: "" */
  press(slug) {
    for (const plate of all(".spot-plate")) {
      plate.toggleAttribute("data-open", plate.dataset.slug === slug);
    }
  }

  /** @param {HTMLElement} place @returns {Viewer} */
  #open(place) {
    if (this.viewer) return this.viewer;
    this.viewer = this.makeViewer(place);
    this.viewer.onView((now) => {
      this.does.turn(now);
      for (const watcher of this.watchers) watcher(now);
    });
    place.tabIndex = 0;
    place.setAttribute("role", "application");
    place.setAttribute("aria-label", tell("view"));
    return this.viewer;
  }

  /** No WebGL and no CSS 3D: the flat picture, and all the rest. @param {HTMLElement} place */
  #showFlat(place) {
    this.close();
    const picture = new Image();
    picture.className = "stage__flat";
    picture.src = place.dataset.flat || "";
    picture.alt = place.dataset.alt || "";
    place.replaceChildren(picture);
    this.box.dataset.state = "flat";
    toast(tell("flat"));
    this.#showThumbs();
  }

  #whenSharp() {
    const ask = () => {
      if (!this.viewer) return;
      if (!this.viewer.isSharp()) return void requestAnimationFrame(ask);
      if (this.box.dataset.state !== "sharp") performance.mark("sharp");
      this.box.dataset.state = "sharp";
      this.#showThumbs();
      const { tiles, neighbours } = this.scene();
      if (tiles && !settings.saver) fetchAhead(tiles, neighbours);
    };
    requestAnimationFrame(() => requestAnimationFrame(ask));
  }

  /** Pictures of the strip come last. */
  #showThumbs() {
    whenIdle(() => {
      for (const place of all("[data-thumb]")) {
        const picture = new Image(320, 180);
        picture.alt = "";
        picture.src = place.dataset.thumb || "";
        place.replaceChildren(picture);
        delete place.dataset.thumb;
      }
    });
  }
}
