/** @import { Evidence } from "./types" */

const MOSTLY = 0.8;

/**
 * Tell once a film or sound has mostly been played: distinct seconds count, not how often.
 * @param {HTMLMediaElement} media
 * @param {(evidence: Evidence) => void} onPlayed
 */
export function watchPlayed(media, onPlayed) {
  let isTold = false;
  media.addEventListener("timeupdate", () => {
    if (isTold || !Number.isFinite(media.duration)) return;
    const watched = playedSeconds(media.played);
    // A little over: the server judges against the length that it measured itself.
    if (watched < MOSTLY * media.duration + 0.3 && !media.ended) return;
    isTold = true;
    onPlayed({ watched: Math.round(watched * 100) / 100 });
  });
}

/** @param {TimeRanges} played */
function playedSeconds(played) {
  let seconds = 0;
  for (let i = 0; i < played.length; i += 1) seconds += played.end(i) - played.start(i);
  return seconds;
}
