import { find, isStill, need } from "./lib/dom.js";
import { Player } from "./player/player.js";
import { Viewer } from "./player/viewer.js";
import { settings } from "./player/settings.js";

/** How long what is live waits for the first view, in milliseconds. */
const PATIENCE = 4000;

const player = new Player(
  (place) => new Viewer(place, { still: isStill(), spare: settings.saver }),
);
player.start();
need("#player").dataset.ready = "yes";
if (find("#whole")) import("./player/hands.js").then(({ countHands }) => countHands(need("#whole")));

const { dataset } = document.body;
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
if (["class", "leads", "shows"].some((side) => side in dataset)) Promise.race([player.stage.settled(), patience]).then(goLive);

/** A student's page in its class, or that of whoever leads it, or shows something to it. */
async function goLive() {
  if ("leads" in dataset) new (await import("./player/leading.js")).Leading(player);
  else if ("shows" in dataset) new (await import("./player/showing.js")).Showing(player);
  else new (await import("./player/live.js")).Live(player);
}
