// The pages of the door: a code is shown as it will be read, and a form is sent once, however
// often its button is pressed: two clicks are not two students.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => sendOnce(/** @type {HTMLFormElement} */ (form), event));
}
// A page that the browser brings back may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) form.removeAttribute("data-sent");
});

const field = document.getElementById("code");
if (field instanceof HTMLInputElement) {
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
}

/**
 * @param {HTMLFormElement} form
 * @param {Event} event
 */
function sendOnce(form, event) {
  if (form.hasAttribute("data-sent")) event.preventDefault();
  form.setAttribute("data-sent", "");
}
