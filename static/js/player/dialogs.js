/**
 * Open a dialog that no key closes: what is pressed meanwhile does nothing to the page behind.
 * @param {HTMLDialogElement} box
 * @param {() => boolean} isHeld - whether it has to stay open
 */
export function holdOpen(box, isHeld) {
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") event.preventDefault();
  });
  box.addEventListener("cancel", (event) => event.preventDefault());
  // Some browsers close it all the same at the second Escape.
  box.addEventListener("close", () => isHeld() && box.showModal());
}
