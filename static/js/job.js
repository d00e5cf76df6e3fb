// A job's page: asks the same address for JSON every second until the work has ended.

/** @typedef {{state: string, progress: number, message?: string}} Job */

const ASK_AGAIN_MS = 1000;
const AFTER_A_SILENCE_MS = 5000;
const box = document.getElementById("job");

if (box) watch(box);

/** @param {HTMLElement} page */
async function watch(page) {
  const job = await ask();
  if (job && job.state !== page.dataset["state"]) return location.reload();
  if (job) show(page, job);
  setTimeout(() => watch(page), job ? ASK_AGAIN_MS : AFTER_A_SILENCE_MS);
}

/** @returns {Promise<Job | null>} nothing when the network or the server is silent */
async function ask() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/**
 * @param {HTMLElement} page
 * @param {Job} job
 */
function show(page, job) {
  const bar = page.querySelector("progress");
  const words = page.querySelector(".job__message");
  if (bar) bar.value = job.progress;
  if (words && words.textContent !== (job.message ?? "")) words.textContent = job.message ?? "";
}
