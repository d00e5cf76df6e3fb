// A room of the chat: the same state for all sides of it, and what each side may do.
import { find, need, readJson } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { Announcer } from "./room/announce.js";
import { Answering, dressForAnswering } from "./room/answering.js";
import { ask } from "./room/asking.js";
import { Deciding } from "./room/deciding.js";
import { State } from "./room/state.js";
import { dressForStudents, Student } from "./room/student.js";
import { put, say, showPlace, toast, View } from "./room/view.js";

/** @import { Here, History, Own, RoomEvent } from "./room/types" */

const ENTERED = "deambule.entered";

class Room {
  constructor() {
    this.root = need("#room");
    this.words = readJson("words");
    this.role = this.root.dataset.role || "";
    this.state = new State((seq) => void this.#catchUp(seq));
    this.line = this.#open();
    this.announcer = new Announcer(this.words);
    this.side = this.#takeSide();
    this.view = new View(this.state, this.words, this.#dress());
    if (this.side instanceof Student) this.side.onChange = () => this.show();
    this.#letModesChange();
    this.#askForRules();
    setInterval(() => this.#showClock(), 1000);
  }

  #open() {
    const { slug, side } = this.root.dataset;
    const line = new Line({
      auth: () => ({ room: slug, side, seq: this.state.seq }),
      onState: (state) => this.#onLine(state),
    });
    line.on("history", (/** @type {History} */ history) => {
      const isFirst = this.state.seq === 0;
      const news = this.state.load(history);
      this.#react(isFirst ? [] : news);
    });
    line.on("chat", (/** @type {RoomEvent} */ event) => this.#react(this.state.hear(event)));
    line.on("mine", (/** @type {Own} */ own) => {
      this.state.hearOwn(own);
      this.show();
    });
    line.on("to_answer", (/** @type {{ first: number[] }} */ order) => {
      this.state.first = order.first;
      this.show();
    });
    line.on("called", (/** @type {{ name: string, claims: number[] }} */ { name, claims }) => {
      this.state.name = name;
      this.state.claims = new Set(claims);
      this.show();
    });
    line.on("here", (/** @type {Here} */ here) => {
      this.state.here = here;
      this.show();
    });
    return line;
  }

  #takeSide() {
    if (this.role === "student") return new Student(this.line, this.state, this.words);
    if (["professional", "guest"].includes(this.role)) {
      return new Answering(this.line, this.state, this.words);
    }
    return new Deciding(this.line, this.state, this.words);
  }

  #dress() {
    if (this.side instanceof Student) return dressForStudents(this.state);
    if (this.side instanceof Answering) {
      return dressForAnswering(this.state);
    }
    return {
      /** @param {HTMLElement} row @param {import("./room/types").Message} one */
      waiting(row, one) {
        const button = find("[data-release]", row);
        if (button) button.hidden = !one.claimed;
      },
    };
  }

  /** @param {number} seq */
  async #catchUp(seq) {
    const history = await this.line.ask("catch_up", { seq }).catch(() => null);
    if (history) this.#react(this.state.load(history));
  }

  /** @param {RoomEvent[]} news */
  #react(news) {
    this.announcer.hear(news);
    const shown = news.find((event) => event.show)?.show;
    if (shown) toast(put(this.words.shows, { name: shown.name, title: shown.place.title || "" }));
    this.show();
  }

  show() {
    this.view.show();
    this.side.show();
    this.#showRoom();
    this.#showShown();
  }

  #showRoom() {
    const { room, here } = this.state;
    this.root.dataset.phase = room.phase;
    say(need("#phase"), "span", this.words.phases[room.phase === "open" ? room.mode : room.phase] || this.words.phases[room.phase]);
    const answering = here.answering.length
      ? put(this.words.with, { names: here.answering.join(", ") })
      : this.words.with_nobody;
    say(need("#with"), "span", answering);
    const form = ["none", "one"][here.students] ?? "other";
    const students = this.words[`students_${form}`];
    say(need("#students"), "span", put(students, { count: here.students }));
    this.#showNotice();
    const load = find("#load");
    if (load) load.hidden = here.students <= 15 * Math.max(1, here.answering.length) || !here.answering.length;
  }

  /** One line on what everybody should know now. */
  #showNotice() {
    const text = this.#notice();
    const box = need("#notice");
    box.hidden = !text;
    say(box, "span", text);
  }

  #notice() {
    const { room, here } = this.state;
    const { notices } = this.words;
    if (room.phase === "closed") return room.sentence || notices.closed;
    if (room.phase === "written") return this.root.dataset.written || notices.written;
    const number = this.root.dataset.class;
    const mine = here.classes.find((one) => String(one.number) === number);
    if (mine?.adult === "paused") return notices.class_paused;
    if (mine?.adult === "away") return notices.class_away;
    const lost = here.classes.filter((one) => one.adult !== "here");
    if (!number && lost.length && room.phase === "open") {
      return put(notices.adult_lost, { numbers: lost.map((one) => one.number).join(", ") });
    }
    if (room.phase === "waiting") return this.role === "student" ? notices.waiting : notices.waiting_adult;
    if (room.last_call) return notices.last_call;
    if (room.mode === "slow") return notices.slow;
    return "";
  }

  #showShown() {
    const box = need("#shown");
    const { shown } = this.state;
    box.hidden = !shown || this.state.room.phase !== "open";
    if (!shown) return;
    say(box, "[data-says]", put(this.words.shows, { name: shown.name, title: shown.place.title || "" }));
    showPlace(/** @type {HTMLAnchorElement} */ (need("a", box)), shown.place, this.words);
    say(need("a", box), "span", this.words.look);
  }

  /** Minutes left, or minutes before the start. */
  #showClock() {
    const { starts, ends } = this.root.dataset;
    const now = Date.now();
    const { phase } = this.state.room;
    const place = need("#clock");
    const target = phase === "waiting" ? Date.parse(starts || "") : Date.parse(ends || "");
    const minutes = Math.ceil((target - now) / 60000);
    place.hidden = !["waiting", "open"].includes(phase) || minutes < 0;
    const words = phase === "waiting" ? this.words.begins_in : this.words.ends_in;
    say(place, "span", put(words, { minutes }));
  }

  /** @param {string} state */
  #onLine(state) {
    const box = need("#line");
    box.hidden = state === "open";
    say(box, "span", state === "dead" ? this.words.dead : this.words.away);
    if (state === "open") this.side?.onOpen();
  }

  #letModesChange() {
    const mode = /** @type {HTMLSelectElement | null} */ (find("#mode"));
    mode?.addEventListener("change", async () => {
      if (!(await ask(this, "room_mode", { mode: mode.value }))) mode.value = this.state.room.mode;
    });
  }

  /** Students read the rules once before they come in. */
  #askForRules() {
    const dialog = /** @type {HTMLDialogElement | null} */ (find("#rules"));
    if (!dialog) return;
    const key = `${ENTERED}.${this.root.dataset.owner}`;
    let isIn = false;
    try {
      isIn = Boolean(sessionStorage.getItem(key));
    } catch {
      isIn = false;
    }
    if (isIn) return;
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      try {
        sessionStorage.setItem(key, "1");
      } catch {
        // The rules are shown again at the next page: no harm.
      }
    });
    dialog.showModal();
  }
}

new Room();
