import { find } from "../lib/dom.js";

/** How long an answer is waited for, in milliseconds: a silent network is no network. */
const PATIENCE = 12000;

/** No answer came: the network, not the server, is missing. */
export class NoNetwork extends Error {}

/** The server said no, and why. */
export class Refused extends Error {
  code = "";
}

/**
 * Post JSON. Throws NoNetwork or Refused.
 * @param {string} url
 * @param {object} body
 * @param {{place: string, token: string}} [sign] - whose it is, and the sign of the forms
 * @returns {Promise<any>}
 */
export async function post(url, body, sign = ownSign()) {
  const response = await reach(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-Place": sign.place,
      "X-CSRFToken": sign.token,
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw Object.assign(new Refused(answer?.error?.message || ""), { code: answer?.error?.code || "" });
}

/** That of the player's page. */
function ownSign() {
  const token = find('meta[name="csrf-token"]')?.getAttribute("content") || "";
  return { place: document.body.dataset.place || "", token };
}

/**
 * Fetch with patience. Throws NoNetwork; a server that is away counts as no network.
 * @param {string} url
 * @param {RequestInit} [options]
 */
export async function reach(url, options = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(url, { ...options, signal: stop.signal });
    if ([429, 502, 503, 504].includes(response.status)) throw new Error("away");
    return response;
  } catch {
    throw new NoNetwork(url);
  } finally {
    clearTimeout(timer);
  }
}
