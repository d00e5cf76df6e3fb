// The board: the server's snapshot, shown again at every push and at every return of the line.
import { all, find, need, readJson } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { showParts } from "./lib/object.js";
import { sendInPlace } from "./board/acts.js";
import { startLead } from "./board/lead.js";
import { startLesson } from "./board/lesson.js";
import { letPosterOpen } from "./board/poster.js";
import { fill } from "./board/rows.js";

/**
 * @typedef {{id: number, pseudonym: string, emblem: string[], here: boolean, at: string,
 *   scene: string, found: number, in_tour: number, points: number, quiet: number | null}} Student
 * @typedef {{id: string, kind: string, title: Record<string, string>, by: string,
 *   students: number}} News
 * @typedef {{code: string, door: string, time: string, until: string, here: number,
 *   closes_in: number | null, joined: number, expected: number, points: number, finds: number, discovered: number,
 *   of: number, latest: News[], knocks: {id: number, pseudonym: string}[], students: Student[],
 *   places: Record<string, Record<string, string>>,
 *   object: {name: string, parts: number} | null}} State
 */

/** Milliseconds between two looks at the door and at who may be stuck: time goes on without a push. */
const LOOK = 5000;

class Board {
  constructor() {
    this.root = need("#board");
    this.words = readJson("words");
    /** @type {Record<string, string>} */
    this.labels = readJson("labels");
    /** @type {State} */
    this.state = readJson("state");
    this.heardAt = performance.now();
    this.title = document.title;
    this.language = document.documentElement.lang;
    const line = new Line({
      auth: { classroom: this.root.dataset.slug },
      onState: (/** @type {string} */ state) => this.#onLine(state),
    });
    line.on("board", (/** @type {State} */ state) => this.hear(state));
    startLesson(line);
    startLead(line);
    sendInPlace(this.root, this.words.away);
    letPosterOpen(this.root);
    this.#offerTeachersView();
    setInterval(() => this.#showWhatPasses(), LOOK);
    this.show();
  }

  /** @param {State} state */
  hear(state) {
    this.state = state;
    this.heardAt = performance.now();
    this.show();
  }

  show() {
    const { state } = this;
    for (const place of all("[data-sum]")) {
      place.textContent = String(state[/** @type {"here"} */ (place.dataset.sum)]);
    }
    this.#showDoor();
    this.#showEnd();
    this.#build(state.object);
    fill(need("#news"), "#news-one", state.latest, (row, one) => this.#showNews(row, one));
    need("#no-news").hidden = state.latest.length > 0;
    fill(need("#students"), "#pupil", state.students, (row, one) => this.#showStudent(row, one));
    need("#nobody").hidden = state.students.length > 0;
    this.#showStuck();
  }

  /** What changes with time alone. */
  #showWhatPasses() {
    this.#showWhetherOpen();
    this.#showStuck();
  }

  #showDoor() {
    const { code, knocks } = this.state;
    this.#showWhetherOpen();
    const shown = need("#door-code");
    if (shown.textContent !== code) {
      for (const place of [shown, need("[data-code]")]) place.textContent = code;
      for (const picture of all("[data-qr]")) {
        picture.setAttribute("src", `${location.pathname}/poster.svg?${code}`);
      }
    }
    fill(need("#knocks"), "#knock", knocks, (row, knock) => name(row, knock.pseudonym));
    need("#let-all").hidden = knocks.length < 2;
    document.title = knocks.length ? `(${knocks.length}) ${this.title}` : this.title;
  }

  /** An open door becomes one at which one knocks by itself: no push says so in a quiet class. */
  #showWhetherOpen() {
    const { door: told, closes_in: left } = this.state;
    const isLate = left !== null && this.#heardFor() >= left;
    const now = told === "open" && isLate ? "knock" : told;
    const door = need("[data-door]");
    if (door.dataset.door !== now) door.textContent = this.words[now];
    door.dataset.door = now;
  }

  /** Seconds since the state was told. */
  #heardFor() {
    return (performance.now() - this.heardAt) / 1000;
  }

  #showEnd() {
    const { time, until } = this.state;
    this.root.dataset.time = time;
    const place = need("#ends");
    place.hidden = time === "lesson";
    const day = new Date(`${until}T12:00`).toLocaleDateString(this.language, {
      day: "numeric",
      month: "long",
      year: "numeric",
    });
    const text = this.words.ends[time].replace("{day}", day);
    const words = need("span", place);
    if (words.textContent !== text) words.textContent = text;
  }

  /**
   * A class that goes to another tour builds another object: the server draws it.
   * @param {State["object"]} object
   */
  #build(object) {
    const build = find("[data-build]");
    const drawn = build ? need("[data-object]", build).dataset.object : undefined;
    if (object?.name !== drawn) location.reload();
    else if (build && object) showParts(build, object.parts, this.words.object);
  }

  /** @param {HTMLElement} row @param {News} news */
  #showNews(row, news) {
    need(".news__kind", row).setAttribute("src", this.words.kinds[news.kind]);
    need("[data-title]", row).textContent = news.title[this.language] || news.title.fr || "";
    const more = news.students - 1;
    const words = more ? this.words.others[more > 1 ? "2" : "1"] : "{name}";
    need("[data-by]", row).textContent = words
      .replace("{name}", news.by)
      .replace("{count}", String(more));
  }

  /** @param {HTMLElement} row @param {Student} student */
  #showStudent(row, student) {
    name(row, student.pseudonym);
    const [sign = "", colour = ""] = student.emblem;
    const emblem = need(".emblem", row);
    emblem.className = `emblem emblem--${colour}`;
    need("img", emblem).setAttribute("src", this.words.emblems[sign]);
    row.dataset.here = student.here ? "yes" : "";
    need("[data-scene]", row).textContent = this.#scene(student);
    const { of } = this.state;
    need("[data-found]", row).textContent = String(of ? student.in_tour : student.found);
    need("[data-of]", row).textContent = String(of);
    need(".pupil__of", row).hidden = !of;
    need("[data-points]", row).textContent = String(student.points);
    this.#label(row, student);
  }

  /** @param {Student} student */
  #scene(student) {
    return this.state.places[student.at]?.[this.language] || student.scene;
  }

  /** @param {HTMLElement} row @param {Student} student */
  #label(row, student) {
    const place = need("[data-label]", row);
    place.textContent = (this.isTeachers && this.labels[student.id]) || "";
    place.hidden = !place.textContent;
  }

  get isTeachers() {
    return this.root.dataset.view === "teacher";
  }

  /** Who may be stuck: for the teacher's eyes alone. */
  #showStuck() {
    const gone = this.#heardFor();
    const least = Number(this.root.dataset.stuck);
    const stuck = this.state.students
      .filter((one) => this.isTeachers && one.quiet !== null && one.quiet + gone >= least)
      .sort((one, other) => (other.quiet ?? 0) - (one.quiet ?? 0));
    fill(need("#stuck"), "#stuck-one", stuck, (row, one) => {
      name(row, one.pseudonym);
      this.#label(row, one);
      need("[data-scene]", row).textContent = this.#scene(one);
      const minutes = String(Math.floor(((one.quiet ?? 0) + gone) / 60));
      need("[data-quiet]", row).textContent = this.words.quiet.replace("{minutes}", minutes);
    });
    const ids = new Set(stuck.map((one) => String(one.id)));
    for (const row of all("#students > [data-id]")) {
      row.toggleAttribute("data-still", ids.has(row.dataset.id ?? ""));
    }
    need("#nobody-stuck").hidden = stuck.length > 0;
  }

  /** @param {string} state */
  #onLine(state) {
    const told = need("#line");
    told.hidden = state === "open";
    told.textContent = (state === "dead" ? told.dataset.dead : told.dataset.away) ?? "";
    this.root.toggleAttribute("data-away", state !== "open");
  }

  /** Labels and who is stuck are for the teacher's eyes: never remembered, the projector may copy. */
  #offerTeachersView() {
    const link = need("#teacher-view");
    const turn = () => {
      this.root.dataset.view = this.isTeachers ? "projector" : "teacher";
      const word = this.isTeachers ? link.dataset.shared : link.dataset.alone;
      need("[data-word]", link).textContent = word ?? "";
      this.show();
    };
    link.addEventListener("click", (event) => {
      event.preventDefault();
      turn();
    });
    addEventListener("keydown", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const isTyping = target.matches("input, select, textarea");
      const isCommand = event.ctrlKey || event.metaKey || event.altKey;
      if (event.key.toLowerCase() === "l" && !isTyping && !isCommand) turn();
    });
  }
}

/** @param {HTMLElement} row @param {string} pseudonym */
function name(row, pseudonym) {
  for (const place of all("[data-pseudonym]", row)) place.textContent = pseudonym;
}

new Board();
