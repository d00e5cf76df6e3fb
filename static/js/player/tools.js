import { find, need } from "../lib/dom.js";
import { change, settings } from "./settings.js";
import { say, tell } from "./words.js";

/** @import { Viewer } from "./viewer.js" */

/** The buttons on the view. */
export class Tools {
  /**
   * @param {() => Viewer | null} viewer
   * @param {{list: () => void, saver: () => void, sound: () => void}} does
   */
  constructor(viewer, does) {
    this.viewer = viewer;
    this.does = does;
    /** @type {number | null} */
    this.north = null;
    const box = need(".tools");
    box.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("[data-tool]");
      if (button instanceof HTMLElement) this.#act(button.dataset.tool || "");
    });
    this.button("full-screen").hidden = !document.fullscreenEnabled;
    this.button("gyroscope").hidden = !canFollow();
    document.addEventListener("fullscreenchange", () => this.#showFullScreen());
    for (const name of /** @type {const} */ (["list", "sound", "saver"])) this.#press(name);
  }

  /** @param {string} name */
  button(name) {
    return need(`[data-tool="${name}"]`);
  }

  /** The heading of the picture's centre in degrees, or null. @param {number | null} north */
  setNorth(north) {
    this.north = north;
    this.button("north").hidden = north === null;
  }

  /** Turn the compass. @param {number} yaw */
  turn(yaw) {
    if (this.north === null) return;
    const heading = (((this.north + yaw) % 360) + 360) % 360;
    const needle = find(".icon", this.button("north"));
    if (needle) needle.style.transform = `rotate(${-heading}deg)`;
  }

  /** @param {string} name */
  #act(name) {
    const viewer = this.viewer();
    if (name === "zoom-in") viewer?.zoom(-15);
    else if (name === "zoom-out") viewer?.zoom(15);
    else if (name === "north") viewer?.look(turnNorth(this.north ?? 0), 0);
    else if (name === "full-screen") this.#fullScreen();
    else if (name === "gyroscope") this.#gyroscope();
    else if (name === "list" || name === "sound" || name === "saver") this.#toggle(name);
  }

  /** @param {"list" | "sound" | "saver"} name */
  #toggle(name) {
    change(name, !settings[name]);
    this.#press(name);
    say(tell(`${name}_${settings[name] ? "on" : "off"}`));
    this.does[name]();
  }

  /** @param {"list" | "sound" | "saver"} name */
  #press(name) {
    this.button(name).setAttribute("aria-pressed", String(settings[name]));
  }

  #gyroscope() {
    const follows = this.viewer()?.followPhone() ?? false;
    this.button("gyroscope").setAttribute("aria-pressed", String(follows));
  }

  #fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else need("#player").requestFullscreen().catch(() => undefined);
  }

  #showFullScreen() {
    const isFull = Boolean(document.fullscreenElement);
    this.button("full-screen").setAttribute("aria-pressed", String(isFull));
    this.viewer()?.resize();
  }
}

/** The yaw at which north is ahead. @param {number} north */
function turnNorth(north) {
  return ((-north + 540) % 360) - 180;
}

/** As Pannellum: a phone, on a secure address. */
function canFollow() {
  return "DeviceOrientationEvent" in window && isSecureContext && /Mobi/i.test(navigator.userAgent);
}
