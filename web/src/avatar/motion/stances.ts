import type { PoseName } from '../../guide/poses';

/** How the guide stands: hands in the guide's units (plinth's top 0, y up), the head's pitch, yaw and roll in degrees. */
export interface Stance {
  giving: Hand;
  resting: Hand;
  head: readonly [number, number, number];
  gaze: readonly [number, number];
  brows: number;
  worry: number;
}

/** Where the grip is, where the fingers point, and where the thumb is. */
interface Hand {
  at: readonly [number, number, number];
  fingers: readonly [number, number, number];
  thumb: readonly [number, number, number];
}

const atBelly: Hand = { at: [-14, 148, 102], fingers: [0.93, -0.3, 0.2], thumb: [0.25, 0.95, 0.2] };
const low: Hand = { at: [132.9, 171.1, 64], fingers: [0.86, -0.28, 0.42], thumb: [0.3, 0.95, 0.2] };

export const stances: Record<PoseName, Stance> = {
  rest: { giving: low, resting: atBelly, head: [0, 3, -1.5], gaze: [0.1, 0], brows: 0, worry: 0 },
  greet: { giving: low, resting: atBelly, head: [12, 3, -1.5], gaze: [0.1, -0.4], brows: 0, worry: 0 },
  nod: { giving: { at: [138, 240, 66], fingers: [0.2, 0.95, 0.24], thumb: [-0.95, 0.2, 0.2] }, resting: atBelly, head: [8, -2, -6], gaze: [0, -0.2], brows: 1.6, worry: 0.03 },
  give: { giving: { at: [162.5, 217.5, 58], fingers: [0.8, 0.5, 0.33], thumb: [-0.35, 0.9, 0.1] }, resting: atBelly, head: [0.5, 7, -3], gaze: [0.3, -0.05], brows: 0.6, worry: 0 },
  point: { giving: { at: [172, 232, 52], fingers: [0.86, 0.42, 0.28], thumb: [-0.4, 0.9, 0.15] }, resting: atBelly, head: [-1, 13, -4], gaze: [0.9, 0.1], brows: 1.6, worry: 0 },
  think: { giving: { at: [132, 262, 72], fingers: [0.1, 0.96, 0.25], thumb: [-0.95, 0.1, 0.2] }, resting: atBelly, head: [-5, 9, 4], gaze: [0.75, 0.85], brows: 3, worry: 0.06 },
  listen: { giving: { at: [138, 240, 66], fingers: [0.2, 0.95, 0.24], thumb: [-0.95, 0.2, 0.2] }, resting: atBelly, head: [2, -2, -6], gaze: [0, 0], brows: 1.6, worry: 0.03 },
  yield: { giving: { at: [150, 190, 70], fingers: [0.9, -0.05, 0.42], thumb: [0.05, 0.5, 0.86] }, resting: atBelly, head: [2.5, 1, -3], gaze: [0, -0.1], brows: 1, worry: 0.04 },
  wonder: {
    giving: { at: [150, 208, 84], fingers: [0.87, 0.34, 0.36], thumb: [0.05, 0.5, 0.86] },
    resting: { at: [-140, 204, 84], fingers: [-0.87, 0.34, 0.36], thumb: [-0.05, 0.5, 0.86] },
    head: [0, -2, 5], gaze: [0, 0], brows: 5, worry: 0.16,
  },
  farewell: { giving: { at: [120, 292, 60], fingers: [0.15, 0.97, 0.15], thumb: [-0.95, 0.15, 0.2] }, resting: atBelly, head: [3, 2, -4], gaze: [0, 0], brows: 1.5, worry: 0 },
};

/** The measures of a stance in one row, for springs to move. */
export const flatten = ({ giving, resting, head, gaze, brows, worry }: Stance): Float32Array =>
  Float32Array.from([...giving.at, ...giving.fingers, ...giving.thumb, ...resting.at, ...resting.fingers, ...resting.thumb, ...head, ...gaze, brows, worry]);

export const rows = { giving: 0, resting: 9, head: 18, gaze: 21, brows: 23, worry: 24, length: 25 } as const;
