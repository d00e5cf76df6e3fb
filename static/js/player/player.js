import { all, find, isStill, need, readJson } from "../lib/dom.js";
import { fetchAhead, whenIdle } from "./ahead.js";
import { Finds, readForm } from "./finds.js";
import { listenToKeys } from "./keys.js";
import { swapPage } from "./pages.js";
import { Panel } from "./panel.js";
import { makePlates, markPlate } from "./plates.js";
import { watchPlayed } from "./played.js";
import { NoNetwork, post } from "./post.js";
import { applyReply, markFound, markWaiting, showRefusal } from "./results.js";
import { settings } from "./settings.js";
import { toast } from "./toasts.js";
import { Tools } from "./tools.js";
import { Treasures } from "./treasures.js";
import { Trace } from "./trace.js";
import { say, tell } from "./words.js";

/** @import { Hotspot, Reply, SceneData, View } from "./types" */
/** @import { Viewer } from "./viewer.js" */

/** The page of a scene, alive: view, list, panel and finds together. */
export class Player {
  /** @param {(place: HTMLElement) => Viewer} makeViewer */
  constructor(makeViewer) {
    this.makeViewer = makeViewer;
    /** @type {SceneData} */
    this.scene = readJson("scene");
    /** @type {Viewer | null} */
    this.viewer = null;
    this.panel = new Panel(() => this.#press(""));
    this.finds = new Finds(
      (url, reply) => this.#onReply(url, reply),
      (url, message) => this.#onRefused(url, message),
    );
    this.trace = new Trace(() => this.scene.view_url);
    this.tools = new Tools(() => this.viewer, {
      list: () => this.#switchList(),
      saver: () => this.#restartView(),
      sound: () => this.#setSound(),
    });
    this.treasures = new Treasures(
      () => this.scene,
      (reply) => this.#onTreasure(reply),
    );
  }

  start() {
    document.body.style.setProperty("--accent", document.body.dataset.accent || "");
    this.#listen();
    this.#dress();
    this.#switchList();
    this.#openNamed();
  }

  #listen() {
    const page = need("#player");
    page.addEventListener("click", (event) => this.#onClick(event));
    page.addEventListener("submit", (event) => this.#onSubmit(event));
    page.addEventListener("toggle", (event) => this.#onFold(event), true);
    addEventListener("popstate", () => this.#go(location.href, {}, false));
    const stage = need("#stage");
    stage.addEventListener("scroll", () => stage.scrollTo(0, 0));
    const place = find("#view");
    if (!place) return;
    this.treasures.listen(place, (event) => this.viewer?.under(event) ?? null);
    listenToKeys(place, () => this.viewer, () => this.treasures.look(this.#view()));
  }

  /** What is only for this script, after a page was put in. */
  #dress() {
    this.here = location.pathname;
    this.tools.setNorth(this.scene.north);
    this.#setSound();
    const strip = find(".strip__scenes");
    const stop = find(".stop[aria-current]");
    if (strip && stop) strip.scrollLeft = stop.offsetLeft - strip.clientWidth / 2 + stop.clientWidth / 2;
    for (const media of all("[data-played]")) {
      const item = /** @type {HTMLElement} */ (media.closest("[data-slug]"));
      const url = item.dataset.url || "";
      watchPlayed(/** @type {HTMLMediaElement} */ (media), (evidence) =>
        this.#find(url, { scene: this.scene.slug, ...evidence }),
      );
    }
    for (const item of all(".spot")) {
      if (this.finds.queue.holds(item.dataset.url || "")) markWaiting(item);
    }
  }

  /** Show the list alone or the view beside it, as it was chosen. */
  #switchList() {
    document.documentElement.dataset.view = settings.list ? "list" : "round";
    if (settings.list) {
      this.viewer?.destroy();
      this.viewer = null;
      this.panel.close();
      this.#showThumbs();
    } else if (!this.viewer) this.#showView(this.scene.view);
  }

  #restartView() {
    const view = this.#view();
    this.viewer?.destroy();
    this.viewer = null;
    if (!settings.list) this.#showView(view);
  }

  /** @returns {View} */
  #view() {
    return this.viewer?.view() ?? this.scene.view;
  }

  /** @param {View} view */
  async #showView(view) {
    const place = find("#view");
    if (!place || !this.scene.tiles) return this.#showThumbs();
    const stage = need("#stage");
    stage.dataset.state = "loading";
    if (!this.viewer) {
      this.viewer = this.makeViewer(place);
      this.viewer.onView((now) => this.#onView(now));
      place.tabIndex = 0;
      place.setAttribute("role", "application");
      place.setAttribute("aria-label", tell("view"));
    }
    try {
      await this.viewer.load(this.scene.tiles, view);
    } catch (error) {
      if (error instanceof Error && error.message === "left") return undefined;
      return this.#showFlat(place);
    }
    this.#showPlates();
    this.tools.turn(view.yaw);
    this.#whenSharp(stage);
    return undefined;
  }

  /** No WebGL and no CSS 3D: the flat picture, and all the rest of the page. @param {HTMLElement} place */
  #showFlat(place) {
    this.viewer?.destroy();
    this.viewer = null;
    const picture = new Image();
    picture.className = "stage__flat";
    picture.src = place.dataset.flat || "";
    picture.alt = place.dataset.alt || "";
    place.replaceChildren(picture);
    need("#stage").dataset.state = "flat";
    toast(tell("flat"));
    this.#showThumbs();
  }

  #showPlates() {
    const plates = makePlates(this.scene.hotspots, {
      look: (spot) => this.viewer?.look(spot.yaw, spot.pitch),
      open: (spot, by) => this.#openSpot(spot, by),
    });
    this.viewer?.setMarkers(plates);
  }

  /** @param {HTMLElement} stage */
  #whenSharp(stage) {
    const ask = () => {
      if (!this.viewer) return;
      if (!this.viewer.isSharp()) return void requestAnimationFrame(ask);
      if (stage.dataset.state !== "sharp") performance.mark("sharp");
      stage.dataset.state = "sharp";
      this.#showThumbs();
      const { tiles, neighbours } = this.scene;
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

  /** @param {View} now */
  #onView(now) {
    this.tools.turn(now.yaw);
    this.trace.note(now);
  }

  /** @param {Hotspot} spot @param {HTMLElement} by */
  #openSpot(spot, by) {
    const link = find(`#hotspot-${spot.slug} a[data-go]`);
    if (link instanceof HTMLAnchorElement) return void this.#follow(link);
    this.viewer?.look(spot.yaw, spot.pitch);
    return this.#open(spot.slug, by);
  }

  /** @param {string} slug @param {HTMLElement} by */
  #open(slug, by) {
    this.panel.open(slug, by);
    this.#press(slug);
    this.#findOpened(need("#panel"), need(`#hotspot-${slug}`));
  }

  /** Opening is finding, where nothing else is asked. @param {HTMLElement} box @param {HTMLElement} item */
  #findOpened(box, item) {
    const form = find("form[data-auto]", box);
    if (!(form instanceof HTMLFormElement)) return;
    this.#find(item.dataset.url || "", readForm(form, this.scene.slug));
  }

  /** @param {string} slug - the plate whose panel is open */
  #press(slug) {
    for (const plate of all(".spot-plate")) {
      plate.toggleAttribute("data-open", plate.dataset.slug === slug);
    }
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const link = target.closest("a[data-go]");
    const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (link && isPlain) {
      event.preventDefault();
      this.#follow(/** @type {HTMLAnchorElement} */ (link));
    }
    const summary = target.closest(".spot__fold > summary");
    if (summary instanceof HTMLElement && !settings.list) {
      event.preventDefault();
      this.#openFromList(summary);
    }
  }

  /** @param {HTMLElement} summary */
  #openFromList(summary) {
    const item = /** @type {HTMLElement} */ (summary.closest("[data-slug]"));
    const spot = this.scene.hotspots.find((one) => one.slug === item.dataset.slug);
    if (spot) this.viewer?.look(spot.yaw, spot.pitch);
    this.#open(item.dataset.slug || "", summary);
  }

  /** In the list alone, unfolding is opening. @param {Event} event */
  #onFold(event) {
    const fold = event.target;
    if (!(fold instanceof HTMLDetailsElement) || !fold.open || !fold.matches(".spot__fold")) return;
    this.#findOpened(fold, /** @type {HTMLElement} */ (fold.closest("[data-slug]")));
  }

  /** A part of the page named in the address is opened. */
  #openNamed() {
    const item = location.hash.startsWith("#hotspot-") && document.getElementById(location.hash.slice(1));
    const summary = item && find("summary", item);
    if (summary) summary.click();
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.matches("[data-decision]")) {
      event.preventDefault();
      const option = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value;
      this.#decide(form.action, option || "");
    } else if (form.matches("[data-find]")) {
      event.preventDefault();
      this.#find(new URL(form.action).pathname, readForm(form, this.scene.slug));
    }
  }

  /** @param {string} url @param {string} option */
  async #decide(url, option) {
    try {
      const reply = await post(url, { option });
      applyReply(reply);
      need("#ending").focus();
    } catch (error) {
      toast(error instanceof NoNetwork ? tell("lost") : message(error));
    }
  }

  /** @param {string} url @param {import("./types").Evidence} evidence */
  async #find(url, evidence) {
    const item = find(`.spot[data-url="${url}"]`);
    const sent = this.finds.add(url, evidence);
    await sent;
    if (item && this.finds.queue.holds(url)) markWaiting(item, find("#panel [data-body]"));
  }

  /** @param {string} url @param {Reply} reply */
  #onReply(url, reply) {
    const wasOpen = Boolean(find("#mission .mission--open"));
    applyReply(reply);
    const item = find(`.spot[data-url="${url}"]`);
    if (item) this.#showFound(item, reply);
    if (!wasOpen && reply.mission?.is_open) toast(tell("mission_open"));
  }

  /** @param {HTMLElement} item @param {Reply} reply */
  #showFound(item, reply) {
    markFound(item, reply, this.panel);
    const { hotspot } = reply;
    if (!reply.found || !hotspot) return;
    const spot = this.scene.hotspots.find((one) => one.slug === hotspot.slug);
    if (!spot) return this.#reveal(item, hotspot);
    spot.found = true;
    const plate = find(`.spot-plate[data-slug="${spot.slug}"]`);
    if (plate) markPlate(plate);
    return undefined;
  }

  /** A treasure is found: its name and its place are told. @param {HTMLElement} item @param {Hotspot} spot */
  #reveal(item, spot) {
    this.scene.treasures_left -= 1;
    this.scene.hotspots.push({ ...spot, found: true });
    need(".spot__name", item).textContent = spot.title;
    need("img.kind", item).setAttribute("src", item.dataset.plate || "");
    this.panel.rename(spot.slug);
    this.#showPlates();
    toast(tell("treasure", { title: spot.title }));
  }

  /** @param {string} url @param {string} text */
  #onRefused(url, text) {
    const item = find(`.spot[data-url="${url}"]`);
    if (item) showRefusal(item, this.panel, text || tell("failed"));
    else toast(text || tell("failed"));
  }

  /** Found by looking closely. @param {Reply} reply */
  #onTreasure(reply) {
    const slug = reply.hotspot?.slug;
    const item = find(`#hotspot-${slug}`);
    if (!slug || !item) return;
    this.#onReply(item.dataset.url || "", reply);
    this.#open(slug, find(`.spot-plate[data-slug="${slug}"]`) ?? need("#view"));
  }

  #setSound() {
    for (const film of all("video[data-played]")) {
      /** @type {HTMLVideoElement} */ (film).muted = !settings.sound;
    }
  }

  /** Take a way: look on as one went, unless it says otherwise. @param {HTMLAnchorElement} link */
  #follow(link) {
    const { yaw, pitch, way } = link.dataset;
    const going = way === undefined ? null : Number(way) + (this.scene.north ?? 0);
    /** @type {Arrival} */
    const arrival = { heading: this.scene.north === null ? null : going };
    if (yaw !== undefined) Object.assign(arrival, { yaw: Number(yaw), pitch: Number(pitch) });
    if (way !== undefined) this.viewer?.look(Number(way), 0, 300);
    return this.#go(link.href, arrival, true);
  }

  /** @param {string} url @param {Arrival} arrival @param {boolean} isNew - a step, not a step back */
  async #go(url, arrival, isNew) {
    if (!isNew && location.pathname === this.here) return;
    const stage = need("#stage");
    stage.dataset.state = "leaving";
    try {
      await swapPage(url);
    } catch (error) {
      stage.dataset.state = this.viewer ? "sharp" : "";
      return void toast(error instanceof NoNetwork ? tell("lost") : tell("failed"));
    }
    if (isNew) history.pushState(null, "", url);
    this.#arrive(arrival);
  }

  /** @param {Arrival} arrival */
  #arrive(arrival) {
    this.trace.flush();
    this.panel.drop();
    this.scene = readJson("scene");
    this.#dress();
    const view = { ...this.scene.view };
    if (arrival.yaw !== undefined) {
      view.yaw = arrival.yaw;
      view.pitch = arrival.pitch ?? 0;
    } else if (typeof arrival.heading === "number" && this.scene.north !== null) {
      view.yaw = ((arrival.heading - this.scene.north + 540) % 360) - 180;
      view.pitch = 0;
    }
    if (settings.list) this.#showThumbs();
    else this.#showView(view);
    const title = need("#scene-title");
    title.focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: isStill() ? "auto" : "smooth" });
    say(tell("arrived", { title: title.textContent || "" }));
  }
}

/** @typedef {{heading?: number | null, yaw?: number, pitch?: number}} Arrival */

/** @param {unknown} error */
function message(error) {
  return (error instanceof Error && error.message) || tell("failed");
}
