import { fill } from "../board/rows.js";
import { all, find, make, need } from "../lib/dom.js";
import { ask } from "./asking.js";
import { keepDraft, Outbox } from "./outbox.js";
import { StandIn } from "./standin.js";
import { nameOf, put, say, showPlace, toast } from "./view.js";

/** @import { Line } from "../lib/line.js" */
/** @import { State } from "./state.js" */
/** @import { Alarm, Held, Queue } from "./types" */

/** What keys do with the message that is in front; 1 to 5 are reasons once R was pressed. */
const KEYS = /** @type {Record<string, string>} */ ({ a: "approve", p: "later", m: "mute" });
/** Milliseconds in which nobody has read what just came to the front: keys wait for so long. */
const UNREAD = 400;
const PLAIN = ["approve", "later", "mute", "unmute", "readmit", "remove", "close"];
const REASONS = ["personal", "asked", "hurts", "unclear", "elsewhere"];

/** The side of those who read first: a queue that a keyboard alone can clear. */
export class Deciding {
  /**
   * @param {Line} line
   * @param {State} state
   * @param {Record<string, any>} words
   */
  constructor(line, state, words) {
    this.line = line;
    this.state = state;
    this.words = words;
    /** @type {Queue} */
    this.queue = { held: [], reported: [], alarms: [], silent: [] };
    /** @type {string | undefined} - the first message, and since when it stands there */
    this.front = undefined;
    this.frontSince = 0;
    /** @type {number[]} */
    this.decided = [];
    this.isRefusing = false;
    line.on("queue", (/** @type {Queue} */ queue) => {
      this.queue = queue;
      this.show();
    });
    document.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("keydown", (event) => this.#key(event));
    setInterval(() => this.#showAge(), 1000);
    this.#letWrite();
    new StandIn(this);
    this.#letAllowViews();
  }

  onOpen() {
    void this.outbox?.flush();
  }

  /** @type {Outbox | undefined} */
  outbox;

  /** A word to everybody, or a question that the class asked aloud. */
  #letWrite() {
    const form = /** @type {HTMLFormElement} */ (need("#composer"));
    const field = /** @type {HTMLTextAreaElement} */ (need("textarea", form));
    const kind = /** @type {HTMLSelectElement | null} */ (find("#say-kind"));
    const owner = need("#room").dataset.owner || "";
    const keepField = keepDraft(field, owner);
    this.outbox = new Outbox(this.line, owner, {
      onDone: (_letter, answer) =>
        toast(answer.status === "shown" ? this.words.done : this.words.answer_held),
      onRefused: (letter, refusal) => {
        if (!field.value) field.value = letter.body.text || "";
        keepField();
        toast(refusal.message);
      },
      onWait: (count) => (need("#unsent").hidden = count === 0),
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      this.outbox?.send(kind?.value || "word", { text });
      field.value = "";
      keepField();
    });
  }

  /** A teacher lets professionals turn the views of their class, or not any more. */
  #letAllowViews() {
    const box = /** @type {HTMLInputElement | null} */ (find("#allow-views"));
    box?.addEventListener("change", async () => {
      const allow = box.checked;
      if (await ask(this, "allow_views", { allow })) toast(this.words.done);
      else box.checked = !allow;
    });
  }

  show() {
    fill(need("#held"), "#one-held", this.queue.held, (row, one) => this.#showHeld(row, one));
    fill(need("#reported"), "#one-held", this.queue.reported, (row, one) => this.#showHeld(row, one));
    need("#reported-box").hidden = this.queue.reported.length === 0;
    need("#none-held").hidden = this.queue.held.length > 0;
    need("[data-count=held]").textContent = String(this.queue.held.length);
    const clear = this.queue.held.filter((one) => !one.reasons.length && one.trust !== "held");
    need("#approve-all").hidden = clear.length < 2;
    say(need("#approve-all"), "span", put(this.words.approve_all, { count: clear.length }));
    this.#showAlarms();
    this.#showSilent();
    this.#showAge();
    this.#mark();
  }

  /** Students who may only read, or had to leave, and the way back. */
  #showSilent() {
    need("#silent-box").hidden = this.queue.silent.length === 0;
    fill(need("#silent"), "#one-silent", this.queue.silent, (row, one) => {
      say(row, "[data-name]", one.name);
      say(row, "[data-state]", one.out ? this.words.out : this.words.muted);
      const button = need("button", row);
      button.dataset.act = one.out ? "readmit" : "unmute";
      say(button, "span", one.out ? this.words.readmit : this.words.unmute);
    });
  }

  /** @param {HTMLElement} row @param {Held} one */
  #showHeld(row, one) {
    row.dataset.version = String(one.version);
    say(row, "[data-name]", nameOf(one, this.words));
    say(row, "[data-level]", one.level ? this.words.levels[one.level] || one.level : this.words.roles[one.role]);
    say(row, "[data-text]", one.text);
    say(row, "[data-why]", one.reasons.map((why) => this.words.filter[why] || why).join(", "));
    need("[data-why]", row).hidden = !one.reasons.length;
    row.classList.toggle("judged--kept", one.reasons.length > 0);
    const isStudent = one.role === "student";
    for (const act of ["mute", "trust", "exclude"]) {
      for (const button of all(`[data-act=${act}]`, row)) button.hidden = !isStudent;
    }
    const told = one.reports?.map((report) => this.words.report_reasons[report.reason] || report.reason);
    say(row, "[data-reports]", told ? told.filter(Boolean).join(", ") : "");
    need("[data-act=group]", row).hidden = one.kind !== "question" || Boolean(told);
    need("[data-act=close]", row).hidden = !told;
    const isForLater = one.kind === "question" && !told && !one.reasons.length;
    need("[data-act=later]", row).hidden = !isForLater;
    const link = /** @type {HTMLAnchorElement} */ (need("[data-place]", row));
    showPlace(link, one.place, this.words);
  }

  #showAlarms() {
    const box = need("#alarms");
    fill(box, "#one-alarm", this.queue.alarms, (row, one) => this.#showAlarm(row, one));
    box.hidden = this.queue.alarms.length === 0;
    const open = this.queue.alarms.filter((one) => one.seen_by === null).length;
    need("#room").toggleAttribute("data-alarm", open > 0);
  }

  /** @param {HTMLElement} row @param {Alarm} one */
  #showAlarm(row, one) {
    const why = one.reasons.map((reason) => this.words.filter[reason] || reason).join(", ");
    say(row, "[data-why]", why);
    say(row, "[data-name]", one.name);
    say(row, "[data-text]", one.text);
    row.classList.toggle("alarm--seen", one.seen_by !== null);
    row.dataset.message = String(one.message ?? "");
    row.dataset.version = String(one.version ?? 0);
    need("[data-about]", row).hidden = one.message === null;
    need("[data-act=seen]", row).hidden = one.seen_by !== null;
    say(row, "[data-seen]", one.seen_by !== null ? put(this.words.seen_by, { name: one.seen_by }) : "");
  }

  /** How old the oldest message is that nobody has read. */
  #showAge() {
    const first = this.queue.held[0];
    const seconds = first ? Math.max(0, Math.round((Date.now() - Date.parse(first.at)) / 1000)) : 0;
    const place = need("#oldest");
    place.hidden = !first;
    say(place, "span", put(this.words.oldest, { seconds }));
    place.classList.toggle("oldest--late", seconds > 45);
  }

  /** The message on which keys act is the one in focus, else the first. */
  #current() {
    const focused = document.activeElement?.closest("#held [data-id], #reported [data-id]");
    return /** @type {HTMLElement | null} */ (focused ?? find("#held > [data-id]"));
  }

  #mark() {
    const current = this.#current();
    for (const row of all("#held > [data-id]")) row.classList.toggle("judged--next", row === current);
    if (current?.dataset.id === this.front) return;
    this.front = current?.dataset.id;
    this.frontSince = performance.now();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isTyping = /** @type {HTMLElement} */ (event.target).closest("input:not([type=checkbox]), textarea, select, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const row = this.#current();
    if (key === "u") this.#undo();
    else if (!row || performance.now() - this.frontSince < UNREAD) return;
    else if (this.isRefusing && /^[1-5]$/.test(key)) this.#refuse(row, REASONS[Number(key) - 1]);
    else if (key === "r") this.#openReasons(row);
    else if (key === "g") void this.#group(row);
    else if (key === "escape") this.#closeReasons();
    else if (KEYS[key]) void this.#decide(row, KEYS[key]);
    else return;
    event.preventDefault();
  }

  /** @param {Event} event */
  #click(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-act]");
    if (!(button instanceof HTMLElement)) return;
    const { act } = button.dataset;
    if (act === "approve_all") void this.#approveAll();
    else if (act === "undo") this.#undo();
    const row = button.closest("[data-id]");
    if (!(row instanceof HTMLElement) || !act) return;
    if (act === "seen") void ask(this, "alarm_seen", { id: Number(row.dataset.id) });
    else if (!row.closest("#held, #reported, #waiting, #told, #alarms, #silent")) return;
    else if (act === "release") void ask(this, "release", { id: Number(row.dataset.id) });
    else if (act === "group") void this.#group(row);
    else if (act === "refuse") this.#openReasons(row);
    else if (act === "reason") this.#refuse(row, button.dataset.reason || "");
    else if (act === "trust") void this.#decide(row, "trust", { reason: button.dataset.trust });
    else if (act === "exclude") void this.#decide(row, "exclude", { reason: button.dataset.reason });
    else if (PLAIN.includes(act)) {
      void this.#decide(row, act);
    }
  }

  /** @param {HTMLElement} row */
  #openReasons(row) {
    this.isRefusing = true;
    need("[data-reasons]", row).hidden = false;
    need("[data-reasons] button", row).focus();
  }

  #closeReasons() {
    this.isRefusing = false;
    for (const box of all("[data-reasons]")) box.hidden = true;
  }

  /** @param {HTMLElement} row @param {string} reason */
  #refuse(row, reason) {
    this.#closeReasons();
    void this.#decide(row, "refuse", { reason });
  }

  async #approveAll() {
    const read = this.queue.held.map((one) => [one.id, one.version]);
    await ask(this, "approve_all", { read });
  }

  /** Let one answer serve two questions. @param {HTMLElement} row */
  async #group(row) {
    const id = Number(row.dataset.id);
    const others = [...this.state.waiting(), ...this.state.told()].filter(
      (one) => one.id !== id && one.kind === "question",
    );
    const dialog = /** @type {HTMLDialogElement} */ (need("#grouping"));
    const choices = need("[data-choices]", dialog);
    choices.textContent = "";
    for (const one of others) {
      const button = /** @type {HTMLButtonElement} */ (make("button", "plate plate--left", one.text));
      button.value = String(one.id);
      choices.append(button);
    }
    dialog.returnValue = "";
    dialog.showModal();
    const into = await new Promise((done) => {
      dialog.addEventListener("close", () => done(dialog.returnValue), { once: true });
    });
    if (into) await this.#decide(row, "merge", { into: Number(into) });
  }

  /** @param {HTMLElement} row @param {string} act @param {object} [more] */
  async #decide(row, act, more = {}) {
    const id = Number(row.dataset.message || row.dataset.id);
    const next = /** @type {HTMLElement | null} */ (row.nextElementSibling);
    const version = Number(row.dataset.version || 0);
    if (!(await ask(this, "decide", { id, act, version, ...more }))) return;
    if (["approve", "refuse", "later", "remove"].includes(act)) {
      this.decided.push(id);
      need("#undo").hidden = false;
      if (next && row.contains(document.activeElement)) next.focus();
    } else toast(this.words.done);
  }

  #undo() {
    const id = this.decided.pop();
    need("#undo").hidden = this.decided.length === 0;
    if (id) void ask(this, "decide", { id, act: "undo" });
  }
}
