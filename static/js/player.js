import { find, isStill, need } from "./lib/dom.js";
import { Player } from "./player/player.js";
import { Viewer } from "./player/viewer.js";
import { settings } from "./player/settings.js";

const player = new Player(
  (place) => new Viewer(place, { still: isStill(), spare: settings.saver }),
);
player.start();
need("#player").dataset.ready = "yes";
if (find("#whole")) import("./player/hands.js").then(({ countHands }) => countHands(need("#whole")));
if ("class" in document.body.dataset) {
  import("./player/live.js").then(({ goLive }) => goLive(() => player.scene));
}
