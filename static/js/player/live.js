import { Line } from "../lib/line.js";

/** @import { SceneData } from "./types" */

/**
 * The line of a student's page: says in which scene it is, and hears what its class does.
 * @param {() => SceneData} scene
 */
export function goLive(scene) {
  const { tour, slug } = scene();
  const line = new Line({ auth: { tour, scene: slug } });
  let told = slug;
  setInterval(() => {
    const now = scene();
    if (now.slug === told) return;
    told = now.slug;
    line.say("at", { tour: now.tour, scene: now.slug });
  }, 1000);
  line.on("class", () => location.reload());
}
