/** Keys that are the browser's own: reloading, and finding the way back into the dialog. */
const BROWSERS = /^(Tab|F\d+)$/;

/**
 * Open a dialog that no key closes: what is pressed meanwhile does nothing to the page behind.
 * @param {HTMLDialogElement} box
 * @param {() => boolean} isHeld - whether it has to stay open
 */
export function holdOpen(box, isHeld) {
  box.setAttribute("closedby", "none");
  addEventListener("keydown", (event) => isHeld() && keepWithin(box, event), { capture: true });
  box.addEventListener("keydown", (event) => event.stopPropagation());
  box.addEventListener("cancel", (event) => event.preventDefault());
  // Browsers that do not know closedby close it all the same at the second Escape.
  box.addEventListener("close", () => isHeld() && box.showModal());
}

/**
 * In the moment between a browser's closing and our opening the page behind has the focus.
 * @param {HTMLDialogElement} box
 * @param {KeyboardEvent} event
 */
function keepWithin(box, event) {
  const isBrowsers = BROWSERS.test(event.key) || event.ctrlKey || event.metaKey || event.altKey;
  if (isBrowsers) return;
  if (event.key !== "Escape" && event.target instanceof Node && box.contains(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
