import type { ThreadShape } from '../status/statusLine';
import type { Voicing } from '../answer/voicing';
import type { Anchors } from './anchors';
import * as path from './paths';

export interface Drawing {
  /** Threads that cast a shadow on the wall. */
  threads: string[];
  /** Knots: filled dots. */
  dots: { x: number; y: number; r: number }[];
  /** Short dashes between two ends. */
  dashes: string[];
}

export interface Scene {
  desktop: boolean;
  shape: ThreadShape;
  voicing: Voicing | null;
  /** The answer's end: nothing, a loop (unknown), a drop (interrupted). */
  end: 'none' | 'loop' | 'drop';
}

const margin = 9;

/** One thread per screen, joined up: hand → word → knot → tag, and the line one writes on. */
export function drawThread(anchors: Anchors, scene: Scene): Drawing {
  const drawing: Drawing = { threads: [], dots: [], dashes: [] };
  const spoken = scene.voicing ? drawVoice(drawing, anchors, scene, scene.voicing) : false;
  drawStrings(drawing, anchors, scene);
  drawEnd(drawing, anchors, scene);
  drawLine(drawing, anchors, scene, spoken);
  return drawing;
}

function drawVoice(drawing: Drawing, anchors: Anchors, { desktop }: Scene, voicing: Voicing): boolean {
  const lines = anchors.voicedLines(voicing.characters);
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return false;
  drawing.threads.push(path.underWords(lines));
  drawing.dots.push({ x: last.x1, y: last.y, r: 4.2 });
  const hand = anchors.point('hand');
  if (hand) drawing.threads.push(desktop ? path.handToWords(hand, first) : path.handDownMargin(hand, first, margin));
  return true;
}

function drawStrings(drawing: Drawing, anchors: Anchors, { desktop }: Scene): void {
  const answer = anchors.box('answer');
  const tags = anchors.box('tags');
  const beside = desktop && answer && tags && tags.left >= answer.right - 1;
  for (const { knot, hole } of anchors.strings()) {
    const right = anchors.width - margin;
    drawing.threads.push(beside ? path.knotToTag(knot, hole, tags.left - 22) : path.knotDownMargin(knot, hole, desktop && tags ? tags.right + 10 : right));
    drawing.dots.push({ x: hole[0], y: hole[1], r: 2.6 });
  }
}

function drawEnd(drawing: Drawing, anchors: Anchors, { end }: Scene): void {
  const at = end === 'none' ? null : anchors.answerEnd();
  if (!at) return;
  const [x, y] = at;
  drawing.threads.push(end === 'drop' ? path.dropped([x, y]) : path.openLoop([x + 8, y - 8]));
}

function drawLine(drawing: Drawing, anchors: Anchors, { desktop, shape }: Scene, spoken: boolean): void {
  const bead = anchors.point('bead');
  const end = anchors.point('line', desktop ? 1 : 0, 1);
  if (!bead || !end) return;
  const y = bead[1];
  const [x0, x1] = desktop ? [bead[0], end[0]] : [0, bead[0]];
  const middle = desktop ? x0 + (x1 - x0) * 0.62 : x0 + (x1 - x0) * 0.5;
  const hand = anchors.point('hand');

  if (shape === 'loose') drawing.threads.push(path.looseEnds(x0, middle, x1, y));
  else if (shape === 'joining') {
    drawing.threads.push(path.taut(x0, middle - 16, y, 0), path.taut(middle + 16, x1, y, 0));
    drawing.dashes.push(`M${middle - 10} ${y} L${middle + 10} ${y}`);
    drawing.dots.push({ x: middle - 16, y, r: 3.4 }, { x: middle + 16, y, r: 3.4 });
  } else if (shape === 'tangle') {
    drawing.threads.push(path.taut(x0, middle - 40, y, 0), path.tangle(middle, y), path.taut(middle + 38, x1, y, 0));
  } else drawing.threads.push(path.taut(x0, x1, y));

  if (shape === 'beads') for (const offset of [-66, -44, -22, 0]) drawing.dots.push({ x: middle + offset, y, r: 4.6 });
  if (shape === 'knot') drawing.dots.push({ x: middle, y, r: 4.2 });
  if (shape === 'ending') drawing.threads.push(path.coil([x1 - (desktop ? 60 : 90), y - 9], 9));

  const coilAt: path.Point = desktop ? [bead[0] - (anchors.box('bead')?.width ?? 76) / 2 - 34, y] : [bead[0] - 62, y];
  if (shape === 'coil') drawing.threads.push(path.coil(coilAt, 15));
  if (!desktop || spoken || !hand) return;
  const joint: path.Point = shape === 'coil' ? [coilAt[0] - 15, y] : [bead[0], y];
  drawing.threads.push(path.handToLine(hand, joint));
  if (shape === 'coil') drawing.threads.push(path.taut(coilAt[0] + 15, bead[0], y, 0));
}
