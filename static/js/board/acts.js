import { all, find, need } from "../lib/dom.js";

/**
 * Send the forms marked `data-live` without leaving the board: the line tells what came of it,
 * and what one was looking at stays. Without a script they are plain forms.
 * @param {HTMLElement} root
 * @param {string} away - what to say when there is no network
 */
export function sendInPlace(root, away) {
  root.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!("live" in form.dataset)) return;
    event.preventDefault();
    const buttons = all("button", form);
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    const reply = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      redirect: "manual",
    }).catch(() => null);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    if (reply === null) say(away);
    else if (reply.type !== "opaqueredirect") form.submit();
    else done(form);
  });
}

/** @param {string} text */
function say(text) {
  const place = need("#wrong");
  place.hidden = !text;
  place.textContent = text;
}

/** Whom one has taken out may come back. @param {HTMLFormElement} form */
function done(form) {
  const undo = need("#undo");
  say("");
  if (form.dataset.act === "restore") undo.hidden = true;
  if (form.dataset.act === "remove") {
    const name = find("[data-pseudonym]", form.closest("[data-id]") ?? form)?.textContent ?? "";
    need("p", undo).textContent = (undo.dataset.words ?? "").replace("{name}", name);
    const back = /** @type {HTMLFormElement} */ (need("form", undo));
    back.action = form.action.replace(/remove$/, "restore");
    undo.hidden = false;
  }
  const more = form.closest("details");
  if (more) more.open = false;
}
