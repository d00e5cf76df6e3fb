import { all, find, make, need } from "../lib/dom.js";
import { countUp, toastReward } from "./toasts.js";
import { tell } from "./words.js";

/** @import { Panel } from "./panel.js" */
/** @import { Reply } from "./types" */

/** What is read next in a panel that was drawn anew, the first that it has. */
const NEXT = [".explained", ".ask__again:not([hidden])", ".read"];

/** What every answer changes: boulons, progress, mission, pins. @param {Reply} reply */
export function applyReply(reply) {
  countUp(reply.total, reply.points || 0);
  const { found, total } = reply.progress;
  for (const place of all("[data-progress]")) place.textContent = tell("progress", { found, total });
  const mission = find("#mission");
  if (mission && reply.mission) mission.replaceChildren(...parse(reply.mission.html));
  for (const reward of reply.rewards) toastReward(reward);
}

/**
 * Show in the list and in the open panel what came of a find.
 * @param {HTMLElement} item
 * @param {Reply} reply
 * @param {Panel} panel
 */
export function markFound(item, reply, panel) {
  const shown = panelOf(item, panel);
  find(".waits", shown)?.remove();
  if (reply.panel) redraw(shown, reply);
  if (!reply.found || item.classList.contains("spot--found")) return;
  item.classList.add("spot--found");
  const state = need(".spot__state", item);
  state.replaceChildren(icon("check"), make("span", "unseen", tell("found")));
}

/** The part of the page that holds a hotspot's panel now. @param {HTMLElement} item @param {Panel} panel */
function panelOf(item, panel) {
  const isOpen = panel.slug === item.dataset.slug && !panel.box.hidden;
  return need("[data-panel]", isOpen ? panel.box : item);
}

/**
 * Content that is being read or watched stays as it is: only its end changes.
 * @param {HTMLElement} shown
 * @param {Reply} reply
 */
function redraw(shown, reply) {
  const fresh = document.createElement("div");
  fresh.append(...parse(reply.panel || ""));
  const end = find("[data-keep]", shown);
  const freshEnd = find("[data-keep]", fresh);
  const hadFocus = (end || shown).contains(document.activeElement);
  if (end && freshEnd) {
    end.replaceWith(freshEnd);
    if (hadFocus) focusOn(freshEnd);
    return;
  }
  shown.replaceChildren(...fresh.childNodes);
  if (reply.again) for (const word of all("[data-again]", shown)) word.hidden = false;
  const next = NEXT.map((one) => find(one, shown)).find(Boolean);
  if (hadFocus && next) {
    focusOn(next);
    const body = next.closest("[data-body]");
    if (body) body.scrollTop += next.getBoundingClientRect().top - body.getBoundingClientRect().top - 12;
    else next.scrollIntoView({ block: "nearest" });
  }
}

/** Send the focus to what is no control, so that it is read out and Tab goes on from there. @param {HTMLElement} part */
function focusOn(part) {
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

/** @param {HTMLElement} item @param {HTMLElement | null} [body] */
export function markWaiting(item, body) {
  const shown = find("[data-panel]", item) ?? (body && find("[data-panel]", body));
  if (!shown || find(".waits", shown)) return;
  const word = make("p", "waits", tell("waits"));
  word.setAttribute("role", "status");
  word.prepend(icon("offline"));
  shown.append(word);
}

/** @param {HTMLElement} item @param {Panel} panel @param {string} text */
export function showRefusal(item, panel, text) {
  const shown = panelOf(item, panel);
  find(".waits", shown)?.remove();
  const place = find("[data-wrong]", shown) ?? shown.appendChild(make("p", "field__wrong"));
  place.textContent = text;
  place.hidden = false;
  place.setAttribute("role", "alert");
}

/** An icon of the sprite, as the page's own. @param {string} name */
function icon(name) {
  const model = need(".tools svg.icon");
  const copy = /** @type {Element} */ (model.cloneNode(true));
  copy.removeAttribute("style");
  const use = copy.firstElementChild;
  use?.setAttribute("href", (use.getAttribute("href") || "").replace(/#.*/, `#i-${name}`));
  return copy;
}

/** @param {string} html - from our own server */
function parse(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}
