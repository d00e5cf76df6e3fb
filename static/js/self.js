// A professional's profile: what students will read follows what is typed.
import { all, find } from "./lib/dom.js";

const form = document.getElementById("self");

if (form instanceof HTMLFormElement) {
  form.addEventListener("input", () => show(form));
  show(form); // a form that was refused, or that the browser filled in again
}

/** @param {HTMLFormElement} typed */
function show(typed) {
  let isBlank = true;
  for (const shown of all("[data-shown]")) {
    const field = typed.elements.namedItem(shown.dataset["shown"] ?? "");
    const text = wordsOf(field);
    shown.textContent = text;
    isBlank &&= !text;
    const part = shown.closest(".portrait__part");
    if (part instanceof HTMLElement) part.hidden = !text;
  }
  const blank = document.getElementById("blank");
  if (blank) blank.hidden = !isBlank;
}

/**
 * What a field says; a choice that is not made says nothing.
 * @param {Element | RadioNodeList | null} field
 */
function wordsOf(field) {
  if (field instanceof HTMLSelectElement) {
    return field.value ? (find("option:checked", field)?.textContent ?? "").trim() : "";
  }
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return isText ? field.value.trim() : "";
}
