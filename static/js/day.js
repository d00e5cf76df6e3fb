// The organiser's day, read again every few seconds: who is where changes while one looks.
import { find, need } from "./lib/dom.js";

const EVERY = 5000;

async function refresh() {
  const box = need("#day");
  const isBusy = box.contains(document.activeElement) || document.hidden;
  if (isBusy) return;
  const reply = await fetch(location.href, { redirect: "error" }).catch(() => null);
  if (!reply?.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = find("#day", page);
  if (fresh && fresh.innerHTML !== box.innerHTML) box.replaceChildren(...fresh.childNodes);
}

setInterval(() => void refresh(), EVERY);
