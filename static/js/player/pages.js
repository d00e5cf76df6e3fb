import { all, find, need } from "../lib/dom.js";
import { reach } from "./post.js";

/**
 * Fetch another page of the player and put its parts in the places of ours. A page that cannot be
 * swapped in (another kind of page, a scene without view) is opened the plain way.
 * @param {string} url
 * @param {() => boolean} isWanted - whether it still is, once it has come
 * @returns {Promise<boolean>} whether it is in; never done when the page is left. Throws NoNetwork.
 */
export async function swapPage(url, isWanted) {
  const response = await reach(url, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!isWanted()) return false;
  if (!response.ok || !find("#view", page) || !find("#view")) return leaveFor(url);
  // What is meant for browsers without a script must not start to load here.
  for (const part of all("noscript", page)) part.remove();
  takeOver(page);
  return true;
}

/** @param {string} url @returns {Promise<never>} */
function leaveFor(url) {
  location.assign(url);
  return new Promise(() => undefined);
}

/** @param {Document} page */
function takeOver(page) {
  document.title = page.title;
  for (const part of all("[data-swap]", page)) swapOne(page, `[data-swap="${part.dataset.swap}"]`);
  for (const selector of [".stage__blur", ".stage__credit"]) swapOne(page, selector);
  Object.assign(need("#view").dataset, need("#view", page).dataset);
}

/** @param {Document} page @param {string} selector */
function swapOne(page, selector) {
  const theirs = find(selector, page);
  if (theirs) find(selector)?.replaceWith(document.adoptNode(theirs));
}
