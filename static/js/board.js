// The board: the server's snapshot, shown again at every push and at every return of the line.
import { all, find, need, readJson } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { showParts } from "./lib/object.js";
import { startLesson } from "./board/lesson.js";

/**
 * @typedef {{id: number, pseudonym: string, here: boolean, scene: string, found: number,
 *   points: number, quiet: number | null}} Student
 * @typedef {{code: string, door: string, here: number, joined: number, points: number,
 *   finds: number, knocks: {id: number, pseudonym: string}[], students: Student[],
 *   object: {name: string, parts: number} | null}} State
 */

/** Seconds without a move after which a student who is here may be stuck. */
const STUCK = 180;

class Board {
  constructor() {
    this.root = need("#board");
    this.words = readJson("words");
    /** @type {Record<string, string>} */
    this.labels = readJson("labels");
    this.isTeachers = false;
    /** @type {State} */
    this.state = readJson("state");
    const line = new Line({
      auth: { classroom: this.root.dataset.slug },
      onState: (/** @type {string} */ state) => this.#onLine(state),
    });
    line.on("board", (/** @type {State} */ state) => this.show(state));
    startLesson(line);
    this.#offerTeachersView();
    this.show(this.state);
  }

  /** @param {State} state */
  show(state) {
    this.state = state;
    need("#door-code").textContent = state.code;
    for (const place of all("[data-sum]")) {
      place.textContent = String(state[/** @type {"here"} */ (place.dataset.sum)]);
    }
    const door = need("[data-door]");
    door.dataset.door = state.door;
    door.textContent = this.words[state.door];
    this.#build(state.object);
    fill(need("#knocks"), "#knock", state.knocks, (row, knock) => this.#name(row, knock.pseudonym));
    fill(need("#students"), "#pupil", state.students, (row, one) => this.#showStudent(row, one));
    need("#nobody").hidden = state.students.length > 0;
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

  /** @param {HTMLElement} row @param {Student} student */
  #showStudent(row, student) {
    this.#name(row, student.pseudonym);
    row.dataset.here = student.here ? "yes" : "";
    need("[data-scene]", row).textContent = student.scene;
    need("[data-points]", row).textContent = String(student.points);
    const label = need("[data-label]", row);
    label.textContent = this.labels[student.id] ?? "";
    label.hidden = !this.isTeachers || !label.textContent;
    const quiet = need("[data-quiet]", row);
    const isStuck = student.here && (student.quiet ?? 0) >= STUCK;
    quiet.hidden = !this.isTeachers || !isStuck;
    const minutes = String(Math.floor((student.quiet ?? 0) / 60));
    quiet.textContent = isStuck ? this.words.quiet.replace("{minutes}", minutes) : "";
  }

  /** @param {HTMLElement} row @param {string} pseudonym */
  #name(row, pseudonym) {
    need("[data-pseudonym]", row).textContent = pseudonym;
  }

  /** @param {string} state */
  #onLine(state) {
    need("#line").hidden = state === "open";
    this.root.toggleAttribute("data-away", state !== "open");
  }

  /** Labels and who is stuck are for the teacher's eyes: never remembered, the projector may copy. */
  #offerTeachersView() {
    const button = find("#teacher-view");
    if (!button) return;
    button.hidden = false;
    const turn = () => {
      this.isTeachers = !this.isTeachers;
      button.setAttribute("aria-pressed", String(this.isTeachers));
      this.show(this.state);
    };
    button.addEventListener("click", turn);
    addEventListener("keydown", (event) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.key.toLowerCase() === "l" && !isTyping && !event.ctrlKey && !event.metaKey) turn();
    });
  }
}

/**
 * Make a list's rows those of `items`, keeping the rows that stay.
 * @template {{id: number}} T
 * @param {HTMLElement} list
 * @param {string} template
 * @param {T[]} items
 * @param {(row: HTMLElement, item: T) => void} show
 */
function fill(list, template, items, show) {
  const rows = new Map(all(":scope > [data-id]", list).map((row) => [row.dataset.id, row]));
  for (const item of items) {
    const id = String(item.id);
    const row = rows.get(id) ?? makeRow(template, id);
    rows.delete(id);
    show(row, item);
    if (row !== list.lastElementChild) list.append(row);
  }
  for (const row of rows.values()) row.remove();
}

/** @param {string} template @param {string} id @returns {HTMLElement} */
function makeRow(template, id) {
  const source = /** @type {HTMLTemplateElement} */ (need(template));
  const made = /** @type {HTMLElement} */ (source.content.cloneNode(true));
  const row = need("[data-id]", made);
  row.dataset.id = id;
  for (const form of row.querySelectorAll("form")) {
    form.action = form.action.replace(/\/0(\/|$)/, `/${id}$1`);
  }
  return row;
}

new Board();
