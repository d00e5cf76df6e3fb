import { need, readJson } from "../lib/dom.js";
import { Line } from "../lib/line.js";
import { playing } from "./eyes.js";
import { Idle } from "./idle.js";
import { isBusy, Lead } from "./lead.js";
import { letLeave, noteWayBack } from "./leaving.js";
import { MeetingStrip } from "./meeting.js";
import { QuizDialog } from "../quiz/dialog.js";
import { Seat } from "./seat.js";

/** @import { Player } from "./player.js" */
/** @import { State } from "../lib/line.js" */

/** A student's page in its class: says where it is, and hears what the class does. */
export class Live {
  /** @param {Player} player */
  constructor(player) {
    this.player = player;
    this.seat = new Seat();
    this.lead = new Lead(player);
    this.meeting = new MeetingStrip(player);
    this.quiz = new QuizDialog(() => this.line);
    const idle = new Idle(/** @type {HTMLDialogElement} */ (need("#idle")), () => this.lead.isLed());
    player.stage.watch(() => idle.touch());
    letLeave(player.finding.finds, readJson("seat-words").offline);
    noteWayBack();
    this.mayTryAgain = true;
    this.line = this.#open();
    player.walking.arrivals.push(() => this.#arrive());
    for (const sign of ["play", "pause", "ended", "visibilitychange"]) {
      document.addEventListener(sign, () => this.#sayState(), true);
    }
    setInterval(() => this.#refresh(), 1000);
    // A page that was left comes back as it was, whoever sits there now.
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  #open() {
    const line = new Line({ auth: () => this.#where(), onState: (state) => this.#onLine(state) });
    line.on("lead", (led) => this.lead.hear(led));
    line.on("lead_view", (view) => this.lead.turn(view));
    line.on("meeting", (told) => this.meeting.hear(told));
    line.on("mine", (own) => this.meeting.hearOwn(own));
    line.on("quiz", (told) => this.quiz.hear(told));
    line.on("seat", (told) => this.seat.hear(told));
    line.on("class", (told) => this.seat.hearClass(told));
    return line;
  }

  /**
   * A line that was ended may belong to a team of which one is still here: once more, then no.
   * @param {State} state
   */
  #onLine(state) {
    document.body.dataset.line = state;
    if (state === "open") {
      this.mayTryAgain = true;
      this.#sayState();
    } else if (state === "dead" && this.mayTryAgain) {
      this.mayTryAgain = false;
      this.line = this.#open();
    } else if (state === "dead") this.seat.close();
  }

  #arrive() {
    this.line.say("at", this.#where());
    this.seat.dress();
    noteWayBack();
  }

  /** Show the scene anew, as soon as nothing is being read, typed or played. */
  #refresh() {
    const isLeaving = this.player.stage.box.dataset.state === "leaving";
    if (!this.seat.isStale || isLeaving || isBusy() || !this.player.finding.panel.box.hidden) return;
    this.seat.isStale = false;
    this.player.walking.refresh();
  }

  #where() {
    const { tour, slug } = this.player.scene;
    return { tour, scene: slug };
  }

  #sayState() {
    this.line?.say("state", { visible: !document.hidden, playing: playing().length > 0 });
  }
}
