// What Pannellum is told of a panorama and of how it may be looked at. Angles are degrees.

/** @import { Tiles, View } from "./types" */

const NARROWEST = 30;
const WIDEST = 110;
/** How much of floor and ceiling a tall place may show. */
const TALLEST = 90;

/**
 * @param {Tiles} tiles
 * @param {View} view
 * @param {HTMLElement} place
 * @param {boolean} spare - leave out the largest tiles
 */
export function describeScene(tiles, view, place, spare) {
  const less = spare && tiles.levels > 2 ? 1 : 0;
  return {
    type: "multires",
    multiRes: {
      basePath: tiles.base,
      path: "/%l/%s%y_%x",
      fallbackPath: "/fallback/%s",
      extension: "jpg",
      tileResolution: tiles.tile,
      maxLevel: tiles.levels - less,
      cubeResolution: Math.ceil(tiles.cube / 2 ** less),
    },
    yaw: view.yaw,
    pitch: view.pitch,
    hfov: fit(view.hfov, place),
    hotSpots: [],
    ...limits(tiles),
  };
}

/**
 * @param {string} id
 * @param {object} scene - the first
 * @param {boolean} still - nothing moves on by itself
 */
export function describeViewer(id, scene, still) {
  return {
    default: {
      firstScene: id,
      autoLoad: true,
      showControls: false,
      disableKeyboardCtrl: true,
      doubleClickZoom: false,
      compass: false,
      minHfov: NARROWEST,
      maxHfov: WIDEST,
      multiResMinHfov: true,
      friction: still ? 1 : 0.15,
      backgroundColor: [0.08, 0.13, 0.24],
    },
    scenes: { [id]: scene },
  };
}

/**
 * A tall place shows less across, or floor and ceiling would fill it.
 * @param {number} hfov
 * @param {HTMLElement} place
 */
function fit(hfov, { clientWidth, clientHeight }) {
  if (!clientWidth || !clientHeight) return hfov;
  const half = Math.tan((TALLEST * Math.PI) / 360) * (clientWidth / clientHeight);
  return Math.min(hfov, (Math.atan(half) * 360) / Math.PI);
}

/** A partial panorama is looked at where it shows something. @param {Tiles} tiles */
function limits({ partial }) {
  if (!partial) return {};
  const { haov, vaov, voffset } = partial;
  return {
    minYaw: -haov / 2,
    maxYaw: haov / 2,
    minPitch: voffset - vaov / 2,
    maxPitch: voffset + vaov / 2,
  };
}
