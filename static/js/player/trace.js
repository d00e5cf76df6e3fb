import { find } from "../lib/dom.js";

/** @import { View } from "./types" */

/** How long the view must rest before the server is told, in milliseconds. */
const REST = 2500;

/** Tells the server where one looks, so that one may resume there on any machine. */
export class Trace {
  /** @param {() => string} url */
  constructor(url) {
    this.url = url;
    /** @type {{url: string, view: View} | null} */
    this.pending = null;
    this.timer = 0;
    addEventListener("pagehide", () => this.flush());
  }

  /** @param {View} view */
  note(view) {
    this.pending = { url: this.url(), view };
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.flush(), REST);
  }

  /** Tell now. */
  flush() {
    if (!this.pending) return;
    const { url, view } = this.pending;
    this.pending = null;
    const headers = {
      "Content-Type": "application/json",
      "X-CSRFToken": find('meta[name="csrf-token"]')?.getAttribute("content") || "",
    };
    const body = JSON.stringify({
      yaw: Math.round(view.yaw * 10) / 10,
      pitch: Math.round(view.pitch * 10) / 10,
      hfov: Math.round(view.hfov),
    });
    fetch(url, { method: "POST", headers, body, keepalive: true }).catch(() => undefined);
  }
}
