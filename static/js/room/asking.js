import { NoNetwork, Refused } from "../player/post.js";
import { toast } from "./view.js";

/** @import { Line } from "../lib/line.js" */

/**
 * Ask the room for what somebody pressed; a refusal is told, and so is a network that is away.
 * @param {{line: Line, words: Record<string, any>}} side
 * @param {string} event
 * @param {object} [body]
 * @returns {Promise<any>} null when nothing came of it
 */
export async function ask({ line, words }, event, body = {}) {
  try {
    return await line.askSoon(event, body);
  } catch (error) {
    if (error instanceof Refused) toast(error.message);
    else if (error instanceof NoNetwork) toast(line.state === "dead" ? words.dead : words.unheard);
    else throw error;
    return null;
  }
}
