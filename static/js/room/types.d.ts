export interface Place {
  tour: string;
  scene: string;
  hotspot?: string;
  title?: string;
  yaw?: number;
  pitch?: number;
  hfov?: number;
}

/** A message as everybody in the room reads it; `gone` when nobody may any more. */
export interface Message {
  id: number;
  kind: "question" | "follow" | "answer" | "notice";
  status: "shown" | "answered" | "later" | "merged" | "gone";
  about: number | null;
  role: string;
  name: string;
  level: string;
  class: number;
  text: string;
  place: Place | null;
  votes: number;
  claimed: string | null;
  into: number | null;
  number: number | null;
  at: string;
}

/** One's own message, wherever it is. */
export interface Own {
  id: number;
  client_id: string;
  kind: "question" | "follow";
  about: number | null;
  status: string;
  text: string;
  place: Place | null;
  reasons: string[];
  claimed: string | null;
  into: number | null;
}

export interface RoomState {
  phase: "waiting" | "open" | "closed" | "written";
  mode: "questions" | "approved" | "slow" | "paused" | "read_only";
  last_call: boolean;
  sentence: string;
}

export interface Here {
  students: number;
  answering: string[];
  idle: string[];
  watched: boolean;
  classes: { number: number; level: string; adult: "here" | "away" | "paused"; students: number; views: boolean }[];
}

export interface Shown {
  name: string;
  place: Place;
}

export interface RoomEvent {
  seq: number;
  kind: string;
  message: Message | null;
  room?: RoomState;
  show?: Shown;
}

export interface History {
  from: number;
  seq: number;
  events: RoomEvent[];
  room: RoomState;
  mine?: Own[];
  votes?: number[];
}

export interface Held {
  id: number;
  version: number;
  kind: string;
  about: number | null;
  role: string;
  name: string;
  level: string;
  class: number;
  text: string;
  place: Place | null;
  reasons: string[];
  at: string;
  trust?: string;
  muted?: boolean;
  reports?: { reason: string; by: string }[];
  hidden?: boolean;
}

export interface Silent {
  id: number;
  name: string;
  level: string;
  out: boolean;
}

export interface Alarm {
  id: number;
  message: number | null;
  version: number | null;
  reasons: string[];
  name: string;
  text: string;
  at: string;
  seen_by: string | null;
}

export interface Queue {
  held: Held[];
  reported: Held[];
  alarms: Alarm[];
  silent: Silent[];
}
