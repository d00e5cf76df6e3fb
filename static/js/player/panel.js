import { find, need } from "../lib/dom.js";
import { plateOf } from "./plates.js";

/** The panel beside the view: borrows a hotspot's part of the list while it is open. */
export class Panel {
  /** @param {() => void} onClose */
  constructor(onClose) {
    this.onClose = onClose;
    this.box = need("#panel");
    this.slug = "";
    /** @type {HTMLElement | null} */
    this.home = null;
    /** @type {HTMLElement | null} */
    this.opener = null;
    need("[data-close]", this.box).addEventListener("click", () => this.close());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  /**
   * @param {string} slug
   * @param {HTMLElement} opener - gets the focus back
   */
  open(slug, opener) {
    this.#giveBack();
    const item = need(`#hotspot-${slug}`);
    this.slug = slug;
    this.opener = opener;
    this.home = need(".spot__fold", item);
    this.rename(slug);
    need("[data-body]", this.box).replaceChildren(need("[data-panel]", item));
    this.box.hidden = false;
    need("[data-body]", this.box).scrollTop = 0;
    need("#panel-title", this.box).focus({ preventScroll: true });
  }

  /** Take name and plate from the list, where they may have changed. @param {string} slug */
  rename(slug) {
    if (slug !== this.slug) return;
    const name = need(`#hotspot-${slug} .spot__name`).textContent;
    need("#panel-title", this.box).textContent = name;
    need("[data-plate]", this.box).replaceChildren(plateOf(slug));
  }

  close() {
    if (this.box.hidden) return;
    this.#giveBack();
    this.box.hidden = true;
    const back = this.opener && this.opener.isConnected ? this.opener : this.#again();
    this.slug = "";
    back?.focus({ preventScroll: true });
    this.onClose();
  }

  /** Leave without giving anything back: the scene changes. */
  drop() {
    this.box.hidden = true;
    this.slug = "";
    this.home = null;
    need("[data-body]", this.box).replaceChildren();
  }

  /** The plate that opened it may have been made anew. */
  #again() {
    return find(`.spot-plate[data-slug="${this.slug}"]`) ?? find(`#hotspot-${this.slug} summary`);
  }

  #giveBack() {
    const shown = find("[data-panel]", this.box);
    if (!shown || !this.home) return;
    for (const media of shown.querySelectorAll("video, audio")) {
      /** @type {HTMLMediaElement} */ (media).pause();
    }
    this.home.append(shown);
    this.home = null;
  }
}
