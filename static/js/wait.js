// Somebody waits at a door: ask until it opens, or stays shut.
const EVERY = 2000;

/** Ask once; a page that is no longer the waiting one is opened. */
async function ask() {
  const headers = { Accept: "application/json" };
  const reply = await fetch("/wait", { headers, redirect: "manual" }).catch(() => null);
  const isStill = !reply || (reply.ok && (await reply.json()).answer === "");
  if (isStill) setTimeout(ask, EVERY);
  else location.assign("/wait");
}

if (document.getElementById("waiting")) setTimeout(ask, EVERY);

export {};
