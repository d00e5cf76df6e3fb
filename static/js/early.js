// Runs before the first paint: says that there is a script and which view was chosen, so that the
// page never jumps.
{
  const root = document.documentElement;
  root.classList.add("has-script");
  let settings = null;
  try {
    settings = JSON.parse(localStorage.getItem("deambule.player") || "null");
  } catch {
    settings = null;
  }
  root.dataset.view = settings && settings.list ? "list" : "round";
}
