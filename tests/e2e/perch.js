import { Line } from "../../static/js/lib/line.js";

window.states = [];
window.heard = [];
const line = new Line({
  auth: { tour: "mill" },
  onState: (state, refusal) => window.states.push([state, refusal?.code || ""]),
});
line.on("flood", (body) => window.heard.push(body.number));
window.line = line;
const told = (error) => ({ error: error.constructor.name, code: error.code });
window.ask = (name, body) => line.ask(name, body).catch(told);
const was = line.state;
window.soon = line.askSoon("say", { words: "soon" }).then((answer) => [was, answer], told);
