/** @import { Neighbour, Tiles } from "./types" */

const FACES = ["f", "r", "b", "l", "u", "d"];

/**
 * Fetch the smallest tiles of this scene, then of those next door, while nothing else is to do:
 * whoever turns round or walks on never sees an empty wall.
 * @param {Tiles} here
 * @param {Neighbour[]} neighbours
 */
export function fetchAhead(here, neighbours) {
  const urls = [here, ...neighbours]
    .filter((one) => one.base)
    .flatMap((one) => FACES.map((face) => `${one.base}/1/${face}0_0.jpg`));
  whenIdle(() => fetchNext(urls));
}

/** One after the other, so that nothing that is wanted now has to wait. @param {string[]} urls */
function fetchNext(urls) {
  const url = urls.shift();
  if (!url) return;
  const image = new Image();
  image.crossOrigin = "anonymous";
  image.onload = image.onerror = () => fetchNext(urls);
  image.src = url;
}

/** @param {() => void} act */
export function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 4000 });
  else setTimeout(act, 300);
}
