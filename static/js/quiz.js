// The quiz of a class on a page of its own, for a student who is in no tour.
import { need } from "./lib/dom.js";
import { Line } from "./lib/line.js";
import { Mine } from "./quiz/mine.js";

const away = need("#line");
/** @type {Line | null} */
let line = null;
const mine = new Mine(need("#quiz-mine"), () => line);
line = new Line({
  onState: (state) => {
    away.hidden = state === "open";
    away.textContent = state === "open" ? "" : away.dataset.away || "";
  },
});
line.on("quiz", (told) => mine.hear(told));
