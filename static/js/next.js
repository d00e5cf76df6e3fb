// « Élève suivant » outside of the player: what waits is sent for whom it was made by, then all that
// pages stored is wiped. Also loaded where the next student arrives, for browsers that kept it.
import { find } from "./lib/dom.js";
import { wipe } from "./lib/wipe.js";
import { NoNetwork, post } from "./player/post.js";
import { Queue } from "./player/queue.js";

if (new URLSearchParams(location.search).has("next")) wipe();

document.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  // The player sends what waits there by itself.
  if (!form.matches("[data-leave]") || find("#player")) return;
  event.preventDefault();
  if (await sendAll(new Queue(form.dataset.place || ""), form)) wipe();
  form.submit();
});

/**
 * @param {Queue} queue
 * @param {HTMLFormElement} form - signed, and for whom
 * @returns {Promise<boolean>} whether nothing waits any more
 */
async function sendAll(queue, form) {
  const sign = { place: form.dataset.place || "", token: String(new FormData(form).get("csrf_token")) };
  let one;
  while ((one = queue.first())) {
    try {
      await post(one.url, one.body, sign);
    } catch (error) {
      if (error instanceof NoNetwork) return false;
    }
    queue.drop();
  }
  return true;
}
