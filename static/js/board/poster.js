import { find, need } from "../lib/dom.js";

/**
 * Show the code as large as the screen; browsers without dialogs follow the link instead.
 * @param {HTMLElement} root
 */
export function letPosterOpen(root) {
  const poster = /** @type {HTMLDialogElement} */ (need("#poster", root));
  const link = find("[data-poster]", root);
  if (!link || !poster.showModal) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    poster.showModal();
  });
}
