import { all, find, need, readJson } from "../lib/dom.js";
import { toastLink } from "./toasts.js";
import { say } from "./words.js";

/** @import { Own, Place } from "../room/types" */
/** @import { Player } from "./player.js" */
/** @import { Hotspot } from "./types" */

/**
 * The room of the class, as its students' players hear of it; `slug` is null when there is none.
 * @typedef {{slug: string | null, phase: "waiting" | "open" | "written",
 *   shown: {seq: number, name: string, place: Place} | null}} Meeting
 */

/** In a student's strip: the class has a room; ways to it from every place of the tour. */
export class MeetingStrip {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.words = readJson("meet-words");
    this.box = need("#meet");
    this.slug = "";
    /** The last card that was shown, and the last that was looked at, by number. */
    this.told = 0;
    this.looked = 0;
    /** @type {Place | null} */
    this.place = null;
    player.walking.arrivals.push(() => this.#dress());
    need("[data-look]", this.box).addEventListener("click", (event) => this.#look(event));
    // The address is made when it is needed: one looks elsewhere at any moment.
    for (const sign of ["pointerdown", "focusin", "click"]) {
      document.addEventListener(sign, (event) => this.#address(event), true);
    }
  }

  /** @param {Meeting} meeting */
  hear(meeting) {
    this.slug = meeting.slug ?? "";
    this.box.hidden = !this.slug;
    this.#dress();
    if (!this.slug) return;
    const { words, box } = this;
    const link = /** @type {HTMLAnchorElement} */ (need("[data-room]", box));
    need("span", link).textContent = hasComeFromRoom() ? words.back : words[meeting.phase];
    link.href = this.#room();
    this.#showCard(meeting.shown);
  }

  /** What became of one's own question. @param {Own} own */
  hearOwn({ kind, status }) {
    if (kind !== "question" || !this.slug || !["answered", "refused"].includes(status)) return;
    toastLink(this.words[status], this.#room());
  }

  /** @param {Meeting["shown"]} shown */
  #showCard(shown) {
    const card = need("[data-shown]", this.box);
    card.hidden = !shown || shown.seq <= this.looked;
    if (!shown || card.hidden) return;
    const { place, name } = shown;
    const title = place.title || this.words.place;
    const text = this.words.shows.replace("{name}", name).replace("{title}", title);
    this.place = place;
    const says = need("[data-says]", card);
    says.textContent = says.title = text;
    /** @type {HTMLAnchorElement} */ (need("[data-look]", card)).href = addressOf(place);
    card.dataset.seq = String(shown.seq);
    if (shown.seq > this.told) say(text);
    this.told = shown.seq;
  }

  /** « Regarder »: within this page, so that nothing of it is lost. @param {Event} event */
  async #look(event) {
    const { place, player } = this;
    if (!place) return;
    event.preventDefault();
    const card = need("[data-shown]", this.box);
    this.looked = Number(card.dataset.seq);
    const { yaw, pitch = 0, hfov } = place;
    const isThere = player.scene.tour === place.tour && player.scene.slug === place.scene;
    const arrival = yaw === undefined ? {} : { yaw, pitch, ...(hfov ? { hfov } : {}) };
    if (!isThere && !(await player.walking.visit(addressOf(place), arrival))) return;
    card.hidden = true;
    await player.stage.settled();
    if (isThere && yaw !== undefined) player.stage.viewer?.look(yaw, pitch);
    if (place.hotspot) await player.pointOut(place.hotspot);
    else need("#scene-title").focus();
  }

  /** Put ways to ask where they belong, or take them away. */
  #dress() {
    for (const one of all("a[data-ask]")) (one.closest(".ask-here") ?? one).remove();
    if (!this.slug) return;
    need(".tools").prepend(copy("#ask-tool"));
    need("#panel").append(copy("#ask-panel"));
    for (const spot of this.player.scene.hotspots) {
      find(`#hotspot-${spot.slug} > .spot__fold`)?.after(copy("#ask-panel"));
    }
  }

  /** @param {Event} event */
  #address(event) {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("a[data-ask]");
    if (link instanceof HTMLAnchorElement) link.href = this.#ask(this.#spotOf(link));
  }

  /** The hotspot from which a way leads; none from the view itself. @param {HTMLElement} link */
  #spotOf(link) {
    const line = /** @type {HTMLElement | null} */ (link.closest("[data-slug]"));
    const isInPanel = Boolean(link.closest("#panel"));
    const slug = isInPanel ? this.player.finding.panel.slug : line?.dataset.slug;
    return this.player.scene.hotspots.find((one) => one.slug === slug);
  }

  /** @param {Hotspot} [spot] */
  #ask(spot) {
    const { scene, stage } = this.player;
    const seen = stage.view();
    const view = stage.viewer || !spot ? seen : { ...seen, yaw: spot.yaw, pitch: spot.pitch };
    const title = spot?.title ?? need("#scene-title").textContent ?? "";
    const place = { tour: scene.tour, scene: scene.slug, hotspot: spot?.slug ?? "", title };
    const said = new URLSearchParams({ ...place, ...asText(view) });
    return `${this.#room()}&${said}`;
  }

  #room() {
    return `/rooms/${this.slug}?side=student`;
  }
}

/** @param {Place} place */
function addressOf({ tour, scene, hotspot, yaw, pitch, hfov }) {
  const view = yaw === undefined ? "" : `?${new URLSearchParams(asText({ yaw, pitch, hfov }))}`;
  return `/tours/${tour}/${scene}${view}${hotspot ? `#${hotspot}` : ""}`;
}

/** @param {{yaw: number, pitch?: number, hfov?: number}} view @returns {Record<string, string>} */
function asText(view) {
  const known = Object.entries(view).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, value.toFixed(1)]));
}

/** @param {string} template */
function copy(template) {
  const source = /** @type {HTMLTemplateElement} */ (need(template));
  return source.content.cloneNode(true);
}

function hasComeFromRoom() {
  return document.referrer.startsWith(`${location.origin}/rooms/`);
}
