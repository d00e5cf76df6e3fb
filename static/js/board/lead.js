import { all, find, need } from "../lib/dom.js";
import { NoNetwork, Refused } from "../player/post.js";

/** @import { Line } from "../lib/line.js" */
/** @import { View } from "../player/types" */

/**
 * What the class is led to do, and by which board.
 * @typedef {{number: number, mode: string, tour: string, scene: string, board: string,
 *   leader: string, chair: string, titles: Record<string, string>}} Led
 * @typedef {{tour: string, scene: string, view?: View}} Here
 */

const NAME = "deambule.board";

/** The buttons that lead a class, on the board and in the leader's player. */
export class LeadBar {
  /**
   * @param {Line} line
   * @param {HTMLElement} root - the block; its script tells the words and the first state
   * @param {() => Here} here - where everybody is brought
   */
  constructor(line, root, here) {
    this.line = line;
    this.root = root;
    this.here = here;
    this.board = ownNumber();
    const { led, words } = JSON.parse(need("script[data-lead]", root).textContent || "{}");
    /** @type {Record<string, string>} */
    this.words = words;
    /** @type {Led} */
    this.led = led;
    line.on("led", (/** @type {Led} */ said) => this.show(said));
    root.addEventListener("click", (event) => this.#onClick(event));
    this.show(led);
  }

  /** Whether the class follows this board's view. */
  isFollowed() {
    return this.led.mode === "follow" && this.led.board === this.board;
  }

  /** @param {string} mode @returns {Promise<boolean>} whether it was heard */
  order(mode) {
    const isPlace = mode === "scene" || mode === "follow";
    return this.#ask("lead", { mode, ...(isPlace ? this.here() : {}) });
  }

  /** @param {Led} led */
  show(led) {
    this.led = led;
    const isLed = led.mode !== "free";
    const isMine = led.board === this.board;
    for (const button of all("[data-order]", this.root)) {
      const isOn = isLed && isMine && button.dataset.order === led.mode;
      if (button.dataset.order !== "free") button.setAttribute("aria-pressed", String(isOn));
    }
    need("[data-take]", this.root).hidden = !isLed || isMine;
    this.root.dataset.led = isLed ? (isMine ? "mine" : "theirs") : "";
    const place = need("[data-led]", this.root);
    const text = this.#tell(led, isMine);
    if (place.textContent !== text) place.textContent = text;
    this.#complain("");
  }

  /** @param {Led} led @param {boolean} isMine */
  #tell(led, isMine) {
    const { words } = this;
    if (led.mode === "free") return words.free || "";
    const name = led.leader || words[led.chair] || words.other || "";
    const title = led.titles[document.documentElement.lang] || led.titles.fr || "";
    const who = isMine ? words.mine || "" : (words.theirs || "").replace("{name}", name);
    return `${who} ${(words[led.mode] || "").replace("{title}", title)}`;
  }

  /** @param {Event} event */
  #onClick(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!button) return;
    if ("take" in button.dataset) this.#ask("lead_take", {});
    const { order } = button.dataset;
    // Pressed again, it lets go.
    if (order) this.order(button.getAttribute("aria-pressed") === "true" && order !== "scene" ? "free" : order);
  }

  /** @param {string} event @param {object} body */
  async #ask(event, body) {
    try {
      this.show(await this.line.askSoon(event, { board: this.board, ...body }));
      return true;
    } catch (error) {
      const said = error instanceof Refused ? error.message : "";
      this.#complain(error instanceof NoNetwork ? this.words.away || "" : said);
      return false;
    }
  }

  /** @param {string} text */
  #complain(text) {
    const place = need("[data-lead-wrong]", this.root);
    place.hidden = !text;
    place.textContent = text;
  }
}

/** This browser's own number: all its pages are one board. */
function ownNumber() {
  const made = Math.random().toString(36).slice(2, 14).padEnd(8, "0");
  try {
    const known = localStorage.getItem(NAME) || made;
    localStorage.setItem(NAME, known);
    return known;
  } catch {
    return made;
  }
}

/**
 * Start the lead block of a board, if it has one.
 * @param {Line} line
 * @param {HTMLElement | null} [root]
 */
export function startLead(line, root = find("#lead")) {
  if (!root) return;
  const select = /** @type {HTMLSelectElement} */ (need("select", root));
  const here = () => {
    const [tour = "", scene = ""] = select.value.split("/");
    return { tour, scene };
  };
  return new LeadBar(line, root, here);
}
