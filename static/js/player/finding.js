import { all, find, need } from "../lib/dom.js";
import { Finds, readForm } from "./finds.js";
import { Panel } from "./panel.js";
import { watchPlayed } from "./played.js";
import { NoNetwork, post } from "./post.js";
import { applyReply, markFound, markWaiting, showRefusal } from "./results.js";
import { toast } from "./toasts.js";
import { tell } from "./words.js";

/** @import { Stage } from "./stage.js" */
/** @import { Evidence, Hotspot, Reply, SceneData } from "./types" */

/** Opening, answering, deciding: what is sent to the server, and what the page makes of it. */
export class Finding {
  /**
   * @param {Stage} stage
   * @param {() => SceneData} scene
   */
  constructor(stage, scene) {
    this.stage = stage;
    this.scene = scene;
    this.panel = new Panel(() => stage.press(""));
    this.finds = new Finds(
      (url, reply) => this.#onReply(url, reply),
      (url, message) => this.#onRefused(url, message),
    );
  }

  /** What is only for this script, after a page was put in. */
  dress() {
    for (const media of all("[data-played]")) {
      const item = /** @type {HTMLElement} */ (media.closest("[data-slug]"));
      watchPlayed(/** @type {HTMLMediaElement} */ (media), (evidence) =>
        this.#find(item.dataset.url || "", { scene: this.scene().slug, ...evidence }),
      );
    }
    for (const item of all(".spot")) {
      if (this.finds.queue.holds(item.dataset.url || "")) markWaiting(item);
    }
  }

  /** @param {string} slug @param {HTMLElement} by - gets the focus back */
  open(slug, by) {
    const spot = this.scene().hotspots.find((one) => one.slug === slug);
    if (spot) this.stage.look(spot);
    this.panel.open(slug, by);
    this.stage.press(slug);
    this.findOpened(need("#panel"), need(`#hotspot-${slug}`));
  }

  /**
   * Opening is finding, where nothing else is asked.
   * @param {HTMLElement} box - where its panel is now
   * @param {HTMLElement} item - its line in the list
   */
  findOpened(box, item) {
    const form = find("form[data-auto]", box);
    if (form instanceof HTMLFormElement) this.send(form, item.dataset.url || "");
  }

  /** @param {HTMLFormElement} form @param {string} url */
  send(form, url) {
    return this.#find(url, readForm(form, this.scene().slug));
  }

  /** @param {string} url @param {string[]} answer */
  answer(url, answer) {
    return this.#find(url, { scene: this.scene().slug, answer });
  }

  /** @param {string} url @param {string} option */
  async decide(url, option) {
    try {
      applyReply(await post(url, { option }));
      need("#ending").focus();
    } catch (error) {
      const said = error instanceof Error && error.message;
      toast(error instanceof NoNetwork ? tell("lost") : said || tell("failed"));
    }
  }

  /** Found by looking closely. @param {Reply} reply */
  onTreasure(reply) {
    const slug = reply.hotspot?.slug;
    const item = find(`#hotspot-${slug}`);
    if (!slug || !item) return;
    this.#onReply(item.dataset.url || "", reply);
    this.open(slug, this.stage.plate(slug) ?? need("#view"));
  }

  /** @param {string} url @param {Evidence} evidence */
  async #find(url, evidence) {
    await this.finds.add(url, evidence);
    const item = lineOf(url);
    if (item && this.finds.queue.holds(url)) markWaiting(item, find("#panel [data-body]"));
  }

  /** @param {string} url @param {Reply} reply */
  #onReply(url, reply) {
    const wasOpen = Boolean(find("#mission .mission--open"));
    applyReply(reply);
    const item = lineOf(url);
    if (item) this.#showFound(item, reply);
    if (!wasOpen && reply.mission?.is_open) toast(tell("mission_open"));
  }

  /** @param {HTMLElement} item @param {Reply} reply */
  #showFound(item, reply) {
    markFound(item, reply, this.panel);
    const { hotspot } = reply;
    if (!reply.found || !hotspot) return;
    const spot = this.scene().hotspots.find((one) => one.slug === hotspot.slug);
    if (!spot) return "whole" in item.dataset ? undefined : this.#reveal(item, hotspot);
    spot.found = true;
    this.stage.mark(spot.slug);
  }

  /**
   * A treasure is found: its name and its place are told.
   * @param {HTMLElement} item
   * @param {Hotspot} spot
   */
  #reveal(item, spot) {
    const scene = this.scene();
    scene.treasures_left -= 1;
    scene.hotspots.push({ ...spot, found: true });
    need(".spot__name", item).textContent = spot.title;
    need("img.kind", item).setAttribute("src", item.dataset.plate || "");
    this.panel.rename(spot.slug);
    this.stage.showPlates();
    toast(tell("treasure", { title: spot.title }));
  }

  /** @param {string} url @param {string} said */
  #onRefused(url, said) {
    const item = lineOf(url);
    if (item) showRefusal(item, this.panel, said || tell("failed"));
    else toast(said || tell("failed"));
  }
}

/** The line of the list whose finds go to this address. @param {string} url */
function lineOf(url) {
  return find(`.spot[data-url="${url}"]`);
}
