import type { Drawing } from './drawing';
import type { ThreadShape } from '../status/statusLine';
import * as path from './paths';

/** A piece of the line one writes on, from `x0` to `x1`, with `at` where a shape has room. */
export interface Stretch {
  x0: number;
  x1: number;
  y: number;
  at: number;
  /** How many beads queue on it. */
  beads: number;
  /** 1 where there is room, less on a phone. */
  scale: number;
  /** The visitor's voice at this moment, if the thread sounds with it. */
  voice: { level: number; seconds: number };
}

/** Draws the stretch in its shape: taut, or what has happened to the thread. */
export function drawStretch(drawing: Drawing, shape: ThreadShape, { x0, x1, y, at, scale: k, beads, voice }: Stretch): void {
  switch (shape) {
    case 'sounding':
      drawing.threads.push(path.sounding(x0, x1, y, voice.level, voice.seconds));
      return;
    case 'loose':
      drawing.threads.push(path.looseEnds(x0, at, x1, y, k));
      return;
    case 'joining':
      drawing.threads.push(path.taut(x0, at - 18 * k, y, 0), path.taut(at + 18 * k, x1, y, 0));
      drawing.dashes.push(`M${at - 11 * k} ${y} L${at + 12 * k} ${y}`);
      drawing.dots.push({ x: at - 18 * k, y, r: 3.4 }, { x: at + 18 * k, y, r: 3.4 });
      return;
    case 'tangle':
      drawing.threads.push(path.taut(x0, at - 40 * k, y, 0), path.tangle(at, y, k), path.taut(at + 38 * k, x1, y, 0));
      return;
    case 'coil':
    case 'ending':
      drawing.threads.push(path.taut(x0, at - 17, y, 0), path.coil([at, y], 17), path.taut(at + 17, x1, y, 0));
      return;
    case 'beads':
      for (const offset of [-40, -20, 0, 20, 40].slice(0, beads)) drawing.dots.push({ x: at + offset * k, y, r: 4.4 * Math.max(k, 0.75) });
      break;
    case 'knot':
      drawing.dots.push({ x: at, y, r: 4.2 });
      break;
  }
  drawing.threads.push(path.taut(x0, x1, y));
}
