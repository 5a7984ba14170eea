import type { ConversationState } from '../conversation/state';

export type PoseName = 'rest' | 'greet' | 'nod' | 'give' | 'point' | 'think' | 'listen' | 'yield' | 'wonder' | 'farewell';

/** What arms, head and eyes do. Angles in degrees, gaze in the guide's units. */
export interface Pose {
  /** What it is called: the figure in the round has hands and a stance of its own for it. */
  name: PoseName;
  /** The giving arm about its shoulder: 0 is held out along the thread. */
  arm: number;
  tilt: number;
  /** How far the head is bowed, in the guide's units. */
  nod: number;
  gazeX: number;
  gazeY: number;
  brows: number;
}

const rest: Pose = { name: 'rest', arm: 26, tilt: 0, nod: 0, gazeX: 0, gazeY: 0, brows: 0 };
const listen: Pose = { name: 'listen', arm: -16, tilt: 5, nod: 0, gazeX: 0, gazeY: 0.5, brows: -1 };

const poses = {
  rest,
  /** Of a moment, by useManners. */
  greet: { ...rest, name: 'greet', nod: 15, gazeY: 3 },
  nod: { ...listen, name: 'nod', nod: 8, gazeY: 2 },
  give: { name: 'give', arm: 0, tilt: 2, nod: 0, gazeX: 1.5, gazeY: 0.5, brows: 0 },
  think: { name: 'think', arm: 14, tilt: -3, nod: 0, gazeX: 4, gazeY: -4.5, brows: -2 },
  listen,
  yield: { name: 'yield', arm: 20, tilt: 2, nod: 0, gazeX: 0, gazeY: 1, brows: 0 },
  wonder: { name: 'wonder', arm: 6, tilt: -4, nod: 0, gazeX: 0, gazeY: 0, brows: -4 },
} as const satisfies Record<string, Pose>;

/** The guide's posture, from what is going on; at most one movement per change. */
export function poseFor(state: ConversationState, outcome: 'none' | 'loop' | 'drop'): Pose {
  switch (state) {
    case 'speaking':
    case 'writing':
      return poses.give;
    case 'thinking':
    case 'reconnecting':
      return poses.think;
    case 'listening':
      return poses.listen;
    case 'failed':
    case 'offline':
      return poses.wonder;
    default:
      return outcome === 'loop' ? poses.wonder : outcome === 'drop' ? poses.yield : poses.rest;
  }
}

const gestures: Partial<Record<string, Partial<Pose>>> = {
  greet: { tilt: 5, nod: 12, gazeY: 2 },
  point: { name: 'point', arm: -8, gazeX: 4 },
  dont_know: poses.wonder,
  farewell: { name: 'farewell', tilt: 5, arm: 14 },
};
const lifted: Partial<Record<string, number>> = { smile: -1, curious: -3, delighted: -4, sorry: -1.5 };

/** The pose with what the avatar service asks for in this sentence; what we do not know changes nothing. */
export function withBearing(pose: Pose, { action, expression }: { action: string; expression: string }): Pose {
  const moved = { ...pose, ...gestures[action] };
  return { ...moved, brows: Math.min(moved.brows, lifted[expression] ?? 0) };
}

const armSeconds = 0.24;

type Measure = Exclude<keyof Pose, 'name'>;
const measures: readonly Measure[] = ['arm', 'tilt', 'nod', 'gazeX', 'gazeY', 'brows'];

/** One step towards a pose: about 700 ms until it is there. */
export function approachPose(from: Pose, target: Pose, seconds: number): Pose {
  const share = 1 - Math.exp(-seconds / armSeconds);
  const step = (key: Measure) => from[key] + (target[key] - from[key]) * share;
  return { name: target.name, arm: step('arm'), tilt: step('tilt'), nod: step('nod'), gazeX: step('gazeX'), gazeY: step('gazeY'), brows: step('brows') };
}

export function isReached(pose: Pose, target: Pose): boolean {
  return measures.every((key) => Math.abs(pose[key] - target[key]) < 0.05);
}

export const restPose = rest;

/** A gesture of a moment in place of a pose that it may interrupt. */
export const withGesture = (pose: Pose, gesture: 'greet' | 'nod' | null): Pose =>
  gesture && (pose.name === 'rest' || pose.name === 'listen') ? poses[gesture] : pose;
