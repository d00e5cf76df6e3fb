/** Forget all that pages stored in this browser: somebody else sits down. */
export function wipe() {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[/** @type {"localStorage"} */ (name)].clear();
    } catch {
      // Forbidden here: then nothing was kept either.
    }
  }
}
