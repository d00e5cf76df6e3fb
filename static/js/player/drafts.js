import { all } from "../lib/dom.js";

/** @import { SceneData } from "./types" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** What was written or ticked and not sent: it is there again when one comes back to the scene. */
export class Drafts {
  constructor() {
    /** @type {Map<string, string | boolean>} */
    this.kept = new Map();
  }

  /** @param {SceneData} scene - that one is about to leave */
  keep(scene) {
    for (const [name, field] of fieldsOf(scene)) {
      const isTicked = field instanceof HTMLInputElement && /radio|checkbox/.test(field.type);
      if (isTicked ? field.checked : field.value !== field.defaultValue) {
        this.kept.set(name, isTicked ? true : field.value);
      } else this.kept.delete(name);
    }
  }

  /** @param {SceneData} scene - in which one has arrived */
  giveBack(scene) {
    for (const [name, field] of fieldsOf(scene)) {
      const kept = this.kept.get(name);
      if (kept === true) /** @type {HTMLInputElement} */ (field).checked = true;
      else if (typeof kept === "string") field.value = kept;
    }
  }
}

/** The fields that may be filled in, by names of their own. @param {SceneData} scene @returns {[string, Field][]} */
function fieldsOf({ tour, slug }) {
  const counts = new Map();
  return all("form[data-find] :is(input:not([type=hidden]), textarea):enabled").map((field) => {
    const item = field.closest("form")?.getAttribute("action") || "";
    const number = counts.get(item) ?? 0;
    counts.set(item, number + 1);
    return [`${tour}/${slug} ${item} ${number}`, /** @type {Field} */ (field)];
  });
}
