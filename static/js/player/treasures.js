import { post } from "./post.js";

/** @import { Reply, SceneData, View } from "./types" */

/** Movement in pixels that makes a click a turn of the view. */
const SLACK = 6;

/** Hidden things are found by clicking on them; a click on nothing says nothing. */
export class Treasures {
  /**
   * @param {() => SceneData} scene
   * @param {(reply: Reply) => void} onFound
   * @param {(direction: {yaw: number, pitch: number}) => boolean} isTaken - by who asked for it
   */
  constructor(scene, onFound, isTaken) {
    this.scene = scene;
    this.onFound = onFound;
    this.isTaken = isTaken;
    this.down = { x: 0, y: 0 };
  }

  /**
   * @param {HTMLElement} place
   * @param {(event: MouseEvent) => {yaw: number, pitch: number} | null} under
   */
  listen(place, under) {
    place.addEventListener("pointerdown", (event) => {
      this.down = { x: event.clientX, y: event.clientY };
    });
    place.addEventListener("click", (event) => {
      const isPlate = /** @type {Element} */ (event.target).closest("button, a");
      const moved = Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y);
      const direction = !isPlate && moved <= SLACK && under(event);
      if (direction) this.look(direction);
    });
  }

  /** Look closely at a direction. @param {{yaw: number, pitch: number} | View} direction */
  async look(direction) {
    if (this.isTaken(direction)) return;
    const { treasures_left: left, treasure_url: url } = this.scene();
    if (!left) return;
    const round = (/** @type {number} */ degrees) => Math.round(degrees * 100) / 100;
    const body = { yaw: round(direction.yaw), pitch: round(direction.pitch) };
    const reply = await post(url, body).catch(() => null);
    if (reply?.found) this.onFound(reply);
  }
}
