import { all, find, need } from "../lib/dom.js";
import { settings } from "./settings.js";
import { say } from "./words.js";

/** @import { Player } from "./player.js" */

/**
 * Ring a hotspot and send the focus to it: on the view its plate, in the list its line. It is not
 * opened; one whose place is not told is left alone.
 * @param {Player} player
 * @param {string} slug
 */
export function pointOut(player, slug) {
  const spot = player.scene.hotspots.find((one) => one.slug === slug);
  if (!spot) return;
  for (const one of all("[data-ringed]")) delete one.dataset.ringed;
  const line = need(`#hotspot-${slug}`);
  const plate = settings.list ? null : player.stage.plate(slug);
  line.dataset.ringed = "";
  if (plate) plate.dataset.ringed = "";
  const isBeside = settings.list || matchMedia("(min-width: 60em)").matches;
  if (isBeside) line.scrollIntoView({ block: "center" });
  else need("#stage").scrollIntoView();
  focusQuietly(plate ?? find("summary, a", line));
  say(spot.title);
}

/** Where one looks was chosen: the view does not turn to what gets the focus. @param {HTMLElement | null} target */
function focusQuietly(target) {
  if (!target) return;
  target.dataset.quiet = "";
  target.focus({ preventScroll: !settings.list });
  delete target.dataset.quiet;
}
