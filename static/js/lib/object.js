import { all, find, need } from "./dom.js";

/** @typedef {{building: string, built: string}} ObjectWords */

const PARTS = 7;

/**
 * Show how many of the object's parts are lit; those that just lit turn in, a whole one moves.
 * @param {ParentNode} root what holds the drawing, and perhaps a `[data-saying]` that tells it
 * @param {number} lit
 * @param {ObjectWords} words
 */
export function showParts(root, lit, words) {
  const drawing = need(".object", root);
  for (const part of all(".object__part", drawing)) {
    const isLit = Number(part.dataset.part) <= lit;
    if (isLit === part.classList.contains("object__part--lit")) continue;
    part.classList.toggle("object__part--lit", isLit);
    part.classList.toggle("object__part--new", isLit);
  }
  drawing.classList.toggle("object--complete", lit >= PARTS);
  const told = lit >= PARTS ? words.built : words.building.replace("{parts}", String(lit));
  drawing.setAttribute("aria-label", told);
  const saying = find("[data-saying]", root);
  if (saying && saying.textContent !== told) saying.textContent = told;
}
