import { keep, readKept } from "../lib/kept.js";

/** @import { Evidence } from "./types" */
/** @typedef {{url: string, body: Evidence}} Waiting */

const NAME = "deambule.finds";

/**
 * Finds that wait for the network. They belong to the place (whose boulons these are) in which
 * they were made, and outlive the page; sent again, the server counts them once.
 */
export class Queue {
  /** @param {string} place */
  constructor(place) {
    this.place = place;
    const kept = readKept(NAME);
    const isOther = Boolean(kept && kept.place !== place);
    /** How many were dropped because somebody else made them. */
    this.dropped = isOther ? kept.waiting.length : 0;
    /** @type {Waiting[]} */
    this.waiting = kept && !isOther ? kept.waiting : [];
    if (isOther) this.#keep();
  }

  /** @param {Waiting} one */
  add(one) {
    const said = JSON.stringify(one);
    if (!this.waiting.some((other) => JSON.stringify(other) === said)) this.waiting.push(one);
    this.#keep();
  }

  /** @returns {Waiting | undefined} */
  first() {
    return this.waiting[0];
  }

  drop() {
    this.waiting.shift();
    this.#keep();
  }

  /** Drop all: they are somebody else's, or this page is left. */
  clear() {
    this.waiting = [];
    this.#keep();
  }

  /** Whether a find at this address waits. @param {string} url */
  holds(url) {
    return this.waiting.some((one) => one.url === url);
  }

  #keep() {
    const { place, waiting } = this;
    keep(NAME, waiting.length ? { place, waiting } : null);
  }
}
