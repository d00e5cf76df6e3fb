/** Pixels below which a press stays a click. */
const SLACK = 6;

/**
 * Let a mouse pull a box that scrolls sideways; fingers scroll it by themselves.
 * @param {HTMLElement} box
 */
export function dragToPan(box) {
  let from = 0;
  let start = 0;
  let isHeld = false;
  let hasMoved = false;

  box.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    isHeld = true;
    hasMoved = false;
    from = event.clientX;
    start = box.scrollLeft;
  });
  window.addEventListener("pointermove", (event) => {
    if (!isHeld) return;
    const way = event.clientX - from;
    if (!hasMoved && Math.abs(way) < SLACK) return;
    hasMoved = true;
    box.classList.add("landscape__view--held");
    box.scrollLeft = start - way;
  });
  window.addEventListener("pointerup", () => {
    isHeld = false;
    box.classList.remove("landscape__view--held");
  });
  // A link pulled along is not a link clicked, nor a picture to carry away.
  box.addEventListener("click", (event) => hasMoved && event.preventDefault(), true);
  box.addEventListener("dragstart", (event) => event.preventDefault());
}
