// The practice room: three messages of an invented class. Nothing leaves the page.
import { all, find, need } from "./lib/dom.js";

const SECONDS = 45;
const LONG = 400;
/** A number, an address or a link: a real room would hold it back. */
const CONTACT = /@|https?:|www\.|(?:\d[\s.-]?){9,}/i;

/** One message, and what was done with it. */
class Drill {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.name = element.dataset["name"] ?? "";
    this.isDanger = element.dataset["kind"] === "danger";
    need(".drill__acts", element).hidden = false;
  }

  get isDone() {
    return this.element.classList.contains("drill--done");
  }

  /**
   * Say what is to be thought of what was done.
   * @param {boolean} isRight
   * @param {string} [more]
   */
  tell(isRight, more = "") {
    const words = this.element.dataset[isRight ? "good" : "other"] ?? "";
    const told = need(".drill__told", this.element);
    told.textContent = `${words} ${more}`.trim();
    told.hidden = false;
    return told.textContent;
  }

  /** It is over: what was written stays, the buttons go. */
  end(text = "") {
    const mine = need(".drill__mine", this.element);
    mine.textContent = text;
    mine.hidden = !text;
    this.element.classList.add("drill--done");
    for (const part of [".drill__acts", ".drill__hint"]) need(part, this.element).hidden = true;
  }
}

/** The room: one message is answered at a time. */
class Practice {
  /** @param {HTMLElement} room */
  constructor(room) {
    this.words = room.dataset;
    this.composer = need("#composer", room);
    this.said = need("#practice-said", room);
    this.ending = need("#practice-end", room);
    this.answer = /** @type {HTMLTextAreaElement} */ (need("#answer", room));
    this.drills = all(".drill", room).map((element) => new Drill(element));
    /** @type {Drill | null} */
    this.claimed = null;
    this.clock = 0;
    this.ending.hidden = true;
    for (const drill of this.drills) this.listen(drill);
    this.composer.addEventListener("submit", (event) => this.send(event));
    need("#give-back", room).addEventListener("click", () => this.giveBack());
  }

  /** @param {Drill} drill */
  listen(drill) {
    const { element } = drill;
    find("[data-act=claim]", element)?.addEventListener("click", () => this.claim(drill));
    find("[data-act=alert]", element)?.addEventListener("click", () => this.alert(drill));
  }

  /** @param {Drill} drill */
  claim(drill) {
    this.giveBack();
    this.claimed = drill;
    drill.element.classList.add("drill--mine");
    need("#composer-to").textContent = (this.words["to"] ?? "").replace("{name}", drill.name);
    this.composer.hidden = false;
    this.answer.value = "";
    this.answer.focus({ preventScroll: true });
    drill.element.scrollIntoView({ block: "start" });
    this.count(0);
  }

  /** Leave a message to others, as one may. */
  giveBack() {
    this.claimed?.element.classList.remove("drill--mine");
    this.claimed = null;
    this.composer.hidden = true;
    clearTimeout(this.clock);
  }

  /**
   * Show how long an answer has been in the making.
   * @param {number} seconds
   */
  count(seconds) {
    const bar = /** @type {HTMLProgressElement} */ (need("#time"));
    bar.value = Math.min(seconds, SECONDS);
    need("#seconds").textContent = `${Math.max(0, SECONDS - seconds)} s`;
    this.clock = setTimeout(() => this.count(seconds + 1), 1000);
  }

  /** @param {Drill} drill */
  alert(drill) {
    this.giveBack();
    this.speak(drill.tell(drill.isDanger));
    if (drill.isDanger) drill.end();
    this.look();
  }

  /** @param {Event} event */
  send(event) {
    event.preventDefault();
    const [drill, text] = [this.claimed, this.answer.value.trim()];
    if (!drill || !text) return this.answer.focus();
    if (drill.isDanger) {
      this.speak(drill.tell(false));
      return this.giveBack();
    }
    if (CONTACT.test(text)) return this.hold(drill);
    const more = text.length > LONG ? this.words["long"] : "";
    this.giveBack();
    drill.end(text);
    this.speak(`${this.words["sent"]} ${drill.tell(true, more)}`);
    this.look();
  }

  /**
   * What a real room would not publish is kept in the composer.
   * @param {Drill} drill
   */
  hold(drill) {
    const told = need(".drill__told", drill.element);
    told.textContent = this.words["contact"] ?? "";
    told.hidden = false;
    this.speak(told.textContent);
    drill.element.scrollIntoView({ block: "start" });
  }

  /** @param {string} words */
  speak(words) {
    this.said.textContent = words;
  }

  /** Whether all three are done. */
  look() {
    const next = this.drills.find((drill) => !drill.isDone);
    this.ending.hidden = Boolean(next);
    const target = next ? find("[data-act=claim]", next.element) : find("button, a", this.ending);
    target?.focus();
  }
}

const room = document.getElementById("practice");
if (room) new Practice(room);
