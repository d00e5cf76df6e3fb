import { all } from "../lib/dom.js";
import { wipe } from "../lib/wipe.js";
import { toast } from "./toasts.js";

/** @import { Finds } from "./finds.js" */

/** How long what waits may take to leave, in milliseconds. */
const PATIENCE = 5000;

/**
 * Whoever leaves this screen leaves nothing behind: what waits is sent for them first, then all that
 * the page stored is wiped. Without network nobody leaves: it would be lost.
 * @param {Finds} finds
 * @param {string} sorry - said when the network is missing
 */
export function letLeave(finds, sorry) {
  document.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-leave]")) return;
    event.preventDefault();
    await Promise.race([finds.send(), wait(PATIENCE)]);
    if (finds.queue.first() || !navigator.onLine) return toast(sorry);
    finds.close();
    wipe();
    form.submit();
  });
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Where a form of the strip comes back to: the scene may have changed since the page was made. */
export function noteWayBack() {
  for (const field of all('input[name="back"]')) {
    /** @type {HTMLInputElement} */ (field).value = location.pathname;
  }
}
