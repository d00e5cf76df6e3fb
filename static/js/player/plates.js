import { find, make } from "../lib/dom.js";
import { tell } from "./words.js";

/** @import { Hotspot, Marker } from "./types" */

/**
 * The plates on the view: real buttons, in the order of the list.
 * @param {Hotspot[]} hotspots
 * @param {{look: (spot: Hotspot) => void, open: (spot: Hotspot, by: HTMLElement) => void}} does
 * @returns {Marker[]}
 */
export function makePlates(hotspots, does) {
  return hotspots.map((spot) => {
    const button = makePlate(spot);
    button.addEventListener("focus", () => {
      if (button.matches(":focus-visible") && !("quiet" in button.dataset)) does.look(spot);
    });
    button.addEventListener("click", () => does.open(spot, button));
    return { yaw: spot.yaw, pitch: spot.pitch, element: button };
  });
}

/** @param {Hotspot} spot */
function makePlate(spot) {
  const button = /** @type {HTMLButtonElement} */ (make("button", "spot-plate"));
  button.type = "button";
  button.dataset.slug = spot.slug;
  button.dataset.kind = spot.kind;
  const label = make("span", "spot-plate__label", spot.title);
  if (spot.kind === "link") label.textContent = tell("go", { title: spot.title });
  button.append(plateOf(spot.slug), label);
  if (spot.found) markPlate(button);
  return button;
}

/** The picture of a kind's plate, as the list shows it. @param {string} slug */
export function plateOf(slug) {
  const shown = find(`#hotspot-${slug} img.kind`);
  const picture = /** @type {HTMLElement} */ (shown?.cloneNode() ?? make("span", "kind"));
  picture.className = "kind";
  return picture;
}

/** @param {HTMLElement} button */
export function markPlate(button) {
  if (button.classList.contains("spot-plate--found")) return;
  button.classList.add("spot-plate--found");
  button.append(make("span", "unseen", ` (${tell("found")})`));
}
