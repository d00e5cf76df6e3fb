// Buttons that copy what an element says: `<button data-copy="its-id" data-copied="Copié">`.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (button instanceof HTMLButtonElement && navigator.clipboard) offer(button);
}

/** @param {HTMLButtonElement} button */
function offer(button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset["copy"] ?? "");
    const words = button.querySelector("span");
    await navigator.clipboard.writeText(source?.textContent?.trim() ?? "");
    if (words) words.textContent = button.dataset["copied"] ?? words.textContent;
  });
}
