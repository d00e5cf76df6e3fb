// A room on the projector: what is being answered, large; nothing to press, nobody's queue.
import { fill } from "./board/rows.js";
import { need, readJson } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { State } from "./room/state.js";
import { nameOf, put, say } from "./room/view.js";

/** @import { Here, History, Message, RoomEvent } from "./room/types" */

/** Questions that fit below. */
const MOST = 5;

class Screen {
  constructor() {
    this.root = need("#room");
    this.words = readJson("words");
    this.state = new State((seq) => void this.#catchUp(seq));
    this.line = new Line({
      auth: () => ({ room: this.root.dataset.slug, side: "staff", seq: this.state.seq }),
      onState: (state) => {
        need("#line").hidden = state === "open";
        say(need("#line"), "span", state === "dead" ? this.words.dead : this.words.away);
      },
    });
    this.line.on("history", (/** @type {History} */ history) => {
      this.state.load(history);
      this.show();
    });
    this.line.on("chat", (/** @type {RoomEvent} */ event) => {
      this.state.hear(event);
      this.show();
    });
    this.line.on("here", (/** @type {Here} */ here) => {
      this.state.here = here;
      this.show();
    });
    setInterval(() => this.#showClock(), 1000);
  }

  /** @param {number} seq */
  async #catchUp(seq) {
    const history = await this.line.ask("catch_up", { seq }).catch(() => null);
    if (history) this.state.load(history);
    this.show();
  }

  show() {
    const { room, here } = this.state;
    this.root.dataset.phase = room.phase;
    say(need("#phase"), "span", this.words.phases[room.phase]);
    const names = here.answering.join(", ");
    say(need("#with"), "span", names ? put(this.words.with, { names }) : this.words.with_nobody);
    this.#showNow();
    const waiting = this.state.waiting();
    need("[data-count=waiting]").textContent = String(waiting.length);
    fill(need("#waiting"), "#one-waiting", waiting.slice(0, MOST), (row, one) => {
      say(row, "[data-text]", one.text);
      say(row, "[data-votes]", one.votes ? `+${one.votes}` : "");
    });
    this.#showNotice();
  }

  /** The question that somebody is answering, else the last that was answered. */
  #showNow() {
    const told = this.state.told();
    const claimed = this.state.waiting().find((one) => one.claimed);
    const last = told[told.length - 1];
    const one = claimed || last;
    if (!one) return;
    const answers = one.kind === "question" ? this.state.about(one.id) : [];
    const answer = answers.filter((other) => other.kind === "answer").pop();
    say(this.root, "[data-who]", this.#whoOf(one, answer));
    say(this.root, "[data-question]", one.text);
    need("[data-answer]").hidden = !answer;
    if (answer) say(this.root, "[data-answer]", `${nameOf(answer, this.words)} : ${answer.text}`);
  }

  /** @param {Message} one @param {Message | undefined} answer */
  #whoOf(one, answer) {
    const name = nameOf(one, this.words);
    return one.claimed && !answer ? `${name} · ${put(this.words.claimed, { name: one.claimed })}` : name;
  }

  #showNotice() {
    const { room, here } = this.state;
    const lost = here.classes.some((one) => one.adult === "paused");
    const { notices } = this.words;
    let text = room.phase === "open" ? "" : room.sentence || notices[room.phase] || "";
    if (room.phase === "open" && room.last_call) text = notices.last_call;
    if (room.phase === "open" && lost) text = notices.class_paused;
    need("#notice").hidden = !text;
    say(need("#notice"), "span", text);
  }

  #showClock() {
    const { ends } = this.root.dataset;
    const minutes = Math.ceil((Date.parse(ends || "") - Date.now()) / 60000);
    const place = need("#clock");
    place.hidden = this.state.room.phase !== "open" || minutes < 0;
    say(place, "span", put(this.words.ends_in, { minutes }));
  }
}

new Screen();
