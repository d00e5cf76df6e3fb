import { io } from "socket.io-client";
import { NoNetwork, Refused } from "../player/post.js";

/**
 * opening: the page is new. open: events come and go. waiting: the network or the server is away,
 * and sought again. dead: the server has said no; only a new page, or another card, helps.
 * @typedef {"opening" | "open" | "waiting" | "dead"} State
 * @typedef {{code: string, message: string, field: string | null}} Refusal
 * @typedef {(state: State, refusal: Refusal | null) => void} OnState
 */

/** How long an acknowledgement is waited for, in milliseconds. */
const PATIENCE = 8000;
/** How long a connection may take to open: a proxy may swallow WebSockets without a word. */
const OPENS_WITHIN = 5000;
/** Between tries to connect: half to one and a half times this, doubled at each try, up to MOST. */
const PAUSE = 400;
const MOST = 4000;

/**
 * The live line of a page to the server: WebSocket, or long polling where that is blocked.
 *
 * A line that went silent is noticed within 8 seconds (the server pings every 4), is sought again
 * by itself, and what the page says when it opens (`auth`) is said anew each time: a board that
 * comes back is told all that it was told at first.
 */
export class Line {
  #socket;
  #onState;
  /** Whether WebSocket has worked once: then silence is the network's, not a proxy's. */
  #hasWebSocket = false;
  /** @type {() => void} */
  #begin = () => {};
  /** A page is used before its line is open: over once that is so, refused, or long in coming. */
  #beginning = new Promise((/** @type {(nothing: void) => void} */ end) => {
    this.#begin = end;
    setTimeout(end, PATIENCE);
  });
  /** @type {Map<string, object>} - what has had no room yet, the latest of each kind */
  #unsaid = new Map();
  /** @type {State} */
  state = "opening";

  /**
   * @param {{auth?: object | (() => object), onState?: OnState}} [options] - `auth` as a function
   * is asked anew each time the line opens
   */
  constructor({ auth = {}, onState = () => {} } = {}) {
    this.#onState = onState;
    this.#socket = io({
      path: "/live",
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      upgrade: false,
      auth: (/** @type {(said: object) => void} */ say) => {
        const said = typeof auth === "function" ? auth() : auth;
        say({ language: document.documentElement.lang, ...said });
      },
      timeout: OPENS_WITHIN,
      reconnectionDelay: PAUSE,
      reconnectionDelayMax: MOST,
    });
    this.#socket.on("connect", () => this.#open());
    this.#socket.on("disconnect", () => this.#turn(this.#socket.active ? "waiting" : "dead"));
    this.#socket.on("connect_error", (error) => this.#miss(error));
  }

  /**
   * Hear what the server pushes.
   * @param {string} event
   * @param {(body: any) => void} hear
   */
  on(event, hear) {
    this.#socket.on(event, hear);
  }

  /**
   * Say something and wait for the answer. Rejects with Refused (`code`, `message`, `field`), or
   * with NoNetwork: then nobody knows whether it was heard, and it may be said again.
   * @param {string} event
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async ask(event, body = {}) {
    if (this.state !== "open") throw new NoNetwork(event);
    this.#sayLatest(); // what was looked at before this is heard before it
    const answer = await this.#socket
      .timeout(PATIENCE)
      .emitWithAck(event, body)
      .catch(() => {
        throw new NoNetwork(event);
      });
    if (answer?.error) throw Object.assign(new Refused(answer.error.message), answer.error);
    return answer;
  }

  /**
   * The same for what somebody pressed once: while the page's line opens for the first time, it
   * waits for it.
   * @param {string} event
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async askSoon(event, body = {}) {
    await this.#beginning;
    return this.ask(event, body);
  }

  /**
   * Say something that is stale a moment later, like where one looks: lost when the line is away.
   * While a request of long polling is under way only the latest of each kind waits for the next.
   * @param {string} event
   * @param {object} body
   */
  say(event, body) {
    if (this.state !== "open") return;
    const { engine } = this.#socket.io;
    if (engine.transport.writable) {
      this.#socket.emit(event, body);
      return;
    }
    if (!this.#unsaid.size) engine.once("drain", () => this.#sayLatest());
    this.#unsaid.set(event, body);
  }

  #sayLatest() {
    for (const [event, body] of this.#unsaid) this.#socket.emit(event, body);
    this.#unsaid.clear();
  }

  /** End it: somebody else takes the place. */
  close() {
    this.#socket.disconnect();
  }

  #open() {
    if (this.#socket.io.engine.transport.name === "websocket") this.#hasWebSocket = true;
    this.#turn("open");
    this.#begin();
  }

  /** @param {Error & {data?: Refusal}} error */
  #miss(error) {
    if (this.#socket.active) {
      if (!this.#hasWebSocket) this.#turnTransports();
      this.#turn("waiting");
    } else if (error.data?.code === "failed") {
      this.#turn("waiting");
      setTimeout(() => this.#socket.connect(), MOST);
    } else {
      this.#turn("dead", error.data || null);
      this.#begin();
    }
  }

  /** What was tried first in vain is tried last the next time. */
  #turnTransports() {
    const { opts } = this.#socket.io;
    opts.transports = [.../** @type {string[]} */ (opts.transports)].reverse();
  }

  /**
   * @param {State} state
   * @param {Refusal | null} [refusal]
   */
  #turn(state, refusal = null) {
    if (state === this.state && !refusal) return;
    this.state = state;
    this.#unsaid.clear();
    this.#onState(state, refusal);
  }
}
