import type { ThreadShape } from '../status/statusLine';
import type { Voicing } from '../answer/voicing';
import type { Anchors } from './anchors';
import * as path from './paths';
import { drawStretch } from './shapes';

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
  /** Tags hang side by side under the words. */
  kiosk: boolean;
  shape: ThreadShape;
  /** How many beads queue on it. */
  beads: number;
  voicing: Voicing | null;
  /** The answer's end: nothing, a loop (unknown), a drop (interrupted). */
  end: 'none' | 'loop' | 'drop';
  voice: { level: number; seconds: number };
}

/** In the middle of the page's edge. */
const marginOf = (width: number) => Math.max(9, width * 0.0278);
const oneTagAway = 110;
/** On a phone: what a shape needs beside the bead. While one writes it is left free between field and bead; dock.css keeps it. */
const phoneShapeRoom = 48;

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
  (voicing.silent ? drawing.dashes : drawing.threads).push(path.underWords(lines));
  drawing.dots.push({ x: last.x1, y: last.y, r: 4.2 });
  if (voicing.silent) return false;
  const hand = anchors.point('hand');
  // A stage that gave way to the keyboard shows no hand.
  if (hand && (anchors.box('hand')?.width ?? 0) >= 1) drawing.threads.push(desktop ? path.handToWords(hand, first) : path.handDownMargin(hand, first, marginOf(anchors.width)));
  return true;
}

function drawStrings(drawing: Drawing, anchors: Anchors, { desktop, kiosk }: Scene): void {
  const answer = anchors.box('answer');
  const tags = anchors.box('tags');
  const beside = desktop && answer && tags && tags.left >= answer.right - 1;
  for (const [i, { knot, hole }] of anchors.strings().entries()) {
    const right = desktop && tags ? tags.right - 10 : anchors.width - marginOf(anchors.width);
    // Two strings side by side, a finger apart.
    const apart = 18 * i;
    // Another tag hangs between this one and the margin: its words would be crossed.
    if (!kiosk && !beside && right - hole[0] > oneTagAway) continue;
    if (kiosk && tags) drawing.threads.push(path.knotOverTags(knot, hole, right - apart, tags.top + 22 - apart / 2));
    else drawing.threads.push(beside ? path.knotToTag(knot, hole, tags.left - 22) : path.knotDownMargin(knot, hole, right));
    drawing.dots.push({ x: hole[0], y: hole[1], r: 2.6 });
  }
}

function drawEnd(drawing: Drawing, anchors: Anchors, { end }: Scene): void {
  const at = end === 'none' ? null : anchors.lastLine();
  if (!at) return;
  const [x, y] = [at.x1, at.y];
  if (end === 'loop') drawing.threads.push(path.openLoop([x + 8, y - 8]));
  else drawing.threads.push(path.underWords([at]), path.dropped([x, y]));
}

function drawLine(drawing: Drawing, anchors: Anchors, { desktop, shape, beads, voice }: Scene, spoken: boolean): void {
  const bead = anchors.point('bead');
  const end = anchors.point('line', 1, 1);
  const size = anchors.box('bead')?.width ?? 0;
  if (!bead || !end) return;
  const [x, y] = bead;
  const edges = { before: x - size / 2, after: x + size / 2 };
  if (!desktop) return drawAcross(drawing, shape, { y, ...edges, width: anchors.width, beads, voice });
  // What happens to the guide's end of the thread is drawn before the bead, the rest on the line itself.
  const isBefore = shape === 'coil' || shape === 'tangle';
  const line = { x0: edges.after, x1: end[0], y };
  drawStretch(drawing, isBefore ? 'taut' : shape, { ...line, at: line.x0 + (line.x1 - line.x0) * 0.6, scale: 1, beads, voice });
  const hand = anchors.point('hand');
  if (spoken || !hand) return;
  const joint = edges.before - (isBefore ? 84 : 0);
  drawing.threads.push(path.handToLine(hand, [joint, y]));
  if (isBefore) drawStretch(drawing, shape, { x0: joint, x1: edges.before, y, at: joint + 42, scale: 0.8, beads, voice });
}

/** From one edge of a phone or a kiosk to the other, through the bead. */
function drawAcross(drawing: Drawing, shape: Scene['shape'], { before, after, width, y, beads, voice }: { before: number; after: number; width: number; y: number; beads: number; voice: Scene['voice'] }): void {
  const [left, right] = [{ x0: 0, x1: before, y, beads, voice, scale: 0.5 }, { x0: after, x1: width, y, beads, voice, scale: 0.7 }];
  const isRoomAfter = width - after > 2 * phoneShapeRoom;
  const both = shape === 'sounding';
  drawStretch(drawing, both || !isRoomAfter ? shape : 'taut', { ...left, at: before - phoneShapeRoom / 2 });
  drawStretch(drawing, both || isRoomAfter ? shape : 'taut', { ...right, at: (after + width) / 2 });
}
