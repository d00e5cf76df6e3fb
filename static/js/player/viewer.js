// The only file that knows Pannellum: load, look, view, onView, setMarkers, destroy.
import "pannellum/src/js/libpannellum.js";
import "pannellum/src/js/pannellum.js";
import { describeScene, describeViewer } from "./panorama.js";

/** @import { Marker, Tiles, View } from "./types" */

/** How long a frame may ask for more tiles, in milliseconds. */
const HASTE = 4;
/** How often the view is compared with what was last told, in milliseconds. */
const BEAT = 80;

export class Viewer {
  /**
   * @param {HTMLElement} place
   * @param {{still: boolean, spare: boolean}} options - still: no motion; spare: lighter tiles.
   */
  constructor(place, options) {
    this.place = place;
    this.options = options;
    /** @type {PannellumViewer | null} */
    this.inner = null;
    this.loads = 0;
    /** @type {((view: View) => void)[]} */
    this.listeners = [];
    /** @type {string[]} */
    this.shown = [];
    this.last = "";
    this.isHasty = false;
    this.timer = setInterval(() => this.#tellView(), BEAT);
  }

  /**
   * Show a panorama. Rejects when this browser cannot show any.
   * @param {Tiles} tiles
   * @param {View} view
   * @returns {Promise<void>} when it may be looked at
   */
  async load(tiles, view) {
    const id = String((this.loads += 1));
    const scene = describeScene(tiles, view, this.place, this.options.spare);
    this.#startHaste();
    if (this.inner) {
      this.inner.addScene(id, scene);
      this.inner.loadScene(id, view.pitch, view.yaw, scene.hfov);
    } else {
      this.inner = window.pannellum.viewer(
        this.place,
        describeViewer(id, scene, this.options.still),
      );
      aboutLink(this.place)?.remove();
    }
    this.shown = [];
    await this.#loaded(id);
    this.last = describe(this.view());
  }

  /**
   * Turn to a direction, the shorter way.
   * @param {number} yaw
   * @param {number} pitch
   * @param {number} [ms]
   */
  look(yaw, pitch, ms = 600) {
    this.inner?.lookAt(pitch, yaw, undefined, this.options.still ? false : ms);
  }

  /** Show this view at once. @param {View} view */
  put({ yaw, pitch, hfov }) {
    this.inner?.lookAt(pitch, yaw, hfov, false);
  }

  /** Where one looks now. @returns {View} */
  view() {
    const inner = this.inner;
    if (!inner) return { yaw: 0, pitch: 0, hfov: 100 };
    return { yaw: inner.getYaw(), pitch: inner.getPitch(), hfov: inner.getHfov() };
  }

  /** @param {(view: View) => void} listener - told when one looks elsewhere */
  onView(listener) {
    this.listeners.push(listener);
  }

  /** Put buttons on the view, in the order in which Tab shall reach them. @param {Marker[]} markers */
  setMarkers(markers) {
    for (const id of this.shown) this.inner?.removeHotSpot(id);
    this.shown = markers.map((marker, index) => {
      const id = `${this.loads}-${index}`;
      const { yaw, pitch } = marker;
      const createTooltipFunc = (/** @type {HTMLElement} */ place) => place.append(marker.element);
      this.inner?.addHotSpot({ id, yaw, pitch, cssClass: "spot-place", createTooltipFunc });
      return id;
    });
  }

  /**
   * Put something at a direction, in the place of what was put before; or take it away.
   * @param {Marker | null} marker
   */
  point(marker) {
    this.inner?.removeHotSpot("pointer");
    if (!marker) return;
    const { yaw, pitch, element } = marker;
    const createTooltipFunc = (/** @type {HTMLElement} */ place) => place.append(element);
    this.inner?.addHotSpot({ id: "pointer", yaw, pitch, cssClass: "pointer-place", createTooltipFunc });
  }

  /** @param {number} degrees - more shows more */
  zoom(degrees) {
    this.inner?.setHfov(this.view().hfov + degrees, this.options.still ? false : 200);
  }

  /** The direction under the pointer. @param {MouseEvent} event */
  under(event) {
    const [pitch, yaw] = this.inner?.mouseEventToCoords(event) ?? [0, 0];
    return { yaw, pitch };
  }

  /** Whether all that is in view is sharp. */
  isSharp() {
    return Boolean(this.inner?.isLoaded()) && this.inner?.getRenderer()?.isLoading() === false;
  }

  /** Follow the phone's movements, or stop. @returns {boolean} whether it follows */
  followPhone() {
    if (this.inner?.isOrientationActive()) this.inner.stopOrientation();
    else this.inner?.startOrientation();
    return Boolean(this.inner?.isOrientationActive());
  }

  /** After the place has changed its size. */
  resize() {
    this.inner?.resize();
  }

  destroy() {
    clearInterval(this.timer);
    this.inner?.destroy();
    this.inner = null;
  }

  /** Pannellum tells nothing when tiles are ready to be looked at: ask. @param {string} id */
  #loaded(id) {
    return new Promise((resolve, reject) => {
      const ask = () => {
        if (!this.inner || id !== String(this.loads)) return reject(new Error("left"));
        if (this.inner.isLoaded()) return resolve(undefined);
        if (hasFailed(this.place)) return reject(new Error("cannot show"));
        return setTimeout(ask, 16);
      };
      ask();
    });
  }

  #startHaste() {
    if (this.isHasty) return;
    this.isHasty = true;
    requestAnimationFrame(() => this.#hasten());
  }

  /**
   * Pannellum asks for one tile a frame, and frames are slow on machines without GPU: draw a few
   * more times on a single pixel, then the whole, all within one frame, so that nobody sees it.
   */
  #hasten() {
    const renderer = this.inner?.getRenderer();
    const gl = renderer?.getCanvas().getContext("experimental-webgl");
    const isTilted = this.inner?.isOrientationActive();
    this.isHasty = Boolean(this.inner?.isLoaded() && renderer?.isLoading() && !isTilted);
    if (!renderer || !(gl instanceof WebGLRenderingContext) || !this.isHasty) return;
    const { yaw, pitch, hfov } = this.view();
    const draw = () => renderer.render(radians(pitch), radians(yaw), radians(hfov));
    const until = performance.now() + HASTE;
    gl.viewport(0, 0, 1, 1);
    do draw();
    while (performance.now() < until);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    draw();
    requestAnimationFrame(() => this.#hasten());
  }

  #tellView() {
    if (!this.inner?.isLoaded()) return;
    const view = this.view();
    const now = describe(view);
    if (now === this.last) return;
    this.last = now;
    this.#startHaste();
    for (const listener of this.listeners) listener(view);
  }
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}

/** @param {View} view */
function describe({ yaw, pitch, hfov }) {
  return `${yaw.toFixed(2)} ${pitch.toFixed(2)} ${hfov.toFixed(1)}`;
}

/** Pannellum says it only on its page. @param {HTMLElement} place */
function hasFailed(place) {
  const word = /** @type {HTMLElement | null} */ (place.querySelector(".pnlm-error-msg"));
  return word?.style.display === "table";
}

/** Pannellum's link to its own site has no place here. @param {HTMLElement} place */
function aboutLink(place) {
  return place.querySelector(".pnlm-about-msg");
}
