/** Degrees: yaw to the right of the picture's centre, pitch upwards, hfov as wide as it shows. */
export interface View {
  yaw: number;
  pitch: number;
  hfov: number;
}

/** A panorama cut into tiles, as media/ made it; `partial` in degrees. */
export interface Tiles {
  base: string;
  levels: number;
  cube: number;
  tile: number;
  partial: { haov: number; vaov: number; voffset: number } | null;
}

export interface Hotspot {
  slug: string;
  kind: string;
  yaw: number;
  pitch: number;
  title: string;
  found?: boolean;
}

export interface Neighbour extends Partial<Tiles> {
  url: string;
  view: Partial<View> | null;
}

/** What the page says of its scene, for the script. */
export interface SceneData {
  slug: string;
  tour: string;
  version: number;
  tiles: Tiles | null;
  north: number | null;
  view: View;
  hotspots: Hotspot[];
  treasures_left: number;
  treasure_url: string;
  view_url: string;
  neighbours: Neighbour[];
}

export interface Reward {
  slug: string;
  title: string;
  icon: string;
  url: string;
}

export interface Progress {
  found: number;
  total: number;
  tour_points: number;
}

/** The server's answer to a find or a decision. */
export interface Reply {
  total: number;
  new: boolean;
  found: boolean;
  points: number;
  again: boolean;
  rewards: Reward[];
  hotspot?: Hotspot;
  panel?: string;
  progress: Progress;
  mission: { clues_found: number; clues_needed: number; is_open: boolean; html: string } | null;
}

/** A button on the view. */
export interface Marker {
  yaw: number;
  pitch: number;
  element: HTMLElement;
}

export type Evidence = Record<string, unknown>;
