import type { FaceNow } from '../../guide/faceTracks';
import { approach, approachVisemes, targetShape } from '../../guide/mouthMotion';
import type { Pose, PoseName } from '../../guide/poses';
import { withBearing } from '../../guide/poses';
import { visemeIds, visemes, type MouthShape } from '../../guide/visemes';
import { AnimationCache, type MovementName } from './AnimationCache';
import { IdleLife } from './idleLife';
import { Springs } from './springs';
import { flatten, rows, stances } from './stances';

/** What moves in a frame: one entry for each part of a figure. */
export interface Bearing {
  /** Pitch, yaw and roll in radians. */
  head: readonly [number, number, number];
  eyes: { x: number; y: number; shut: readonly [number, number]; brows: number; worry: number };
  mouth: MouthShape;
  /** How far each viseme is formed, 0 to 1, in the order of `visemeIds`: for mouths that have a shape for each. */
  visemes: Float32Array;
  /** A row of stances.ts: both hands. */
  hands: Float32Array;
  /** The thread's sway in units, the ball's turn in radians, the breath from 0 to 1. */
  thread: { sway: number; turn: number; breath: number };
}

export interface Moment {
  face: FaceNow;
  pose: Pose;
  playing: boolean;
  /** Reduced motion: mouth and lids only. */
  still: boolean;
}

const settle = 0.19;
/** Interrupted, the hand lets go at once. */
const yieldSettle = 0.04;
const gazeSettle = 0.05;
const breathSeconds = 5.2;
const gestures: Partial<Record<string, { movement: MovementName; duration: number }>> = { greet: { movement: 'bow', duration: 0.9 }, listen: { movement: 'nod', duration: 0.6 } };
const flat = Object.fromEntries(Object.entries(stances).map(([name, stance]) => [name, flatten(stance)])) as Record<PoseName, Float32Array>;
const radians = Math.PI / 180;

/** Works out how the guide bears itself, frame by frame, from what is said, heard and going on. */
export class GuideMotion {
  readonly cache = new AnimationCache();
  private readonly springs = new Springs(Float32Array.from(flat.rest));
  private readonly eyes = new Springs(new Float32Array(2));
  private readonly sway = new Springs(new Float32Array(1));
  private mouth: MouthShape = visemes.sil;
  private readonly formed = new Float32Array(visemeIds.length);
  private seconds = 0;
  private turn = 0;
  private gesture: { movement: MovementName; duration: number; from: number } | null = null;
  private action = 'none';
  private readonly hands = new Float32Array(rows.head);

  constructor(private readonly idle = new IdleLife()) {}

  play(movement: MovementName, duration: number, inSeconds = 0): void {
    this.gesture = { movement, duration, from: this.seconds + inSeconds };
  }

  step(seconds: number, { face, pose, playing, still }: Moment): Bearing {
    this.seconds += seconds;
    const wanted = withBearing(pose, face);
    const name: PoseName = still ? 'rest' : wanted.name;
    if (face.action !== this.action) {
      this.action = face.action;
      const begun = gestures[face.action];
      if (begun) this.play(begun.movement, begun.duration);
    }
    const goal = flat[name];
    this.springs.follow(goal, name === 'yield' ? yieldSettle : settle, seconds);
    this.idle.live(seconds, playing || name !== 'rest');
    this.mouth = approach(this.mouth, targetShape(face), seconds);
    approachVisemes(this.formed, face, seconds);
    return this.bearing(name, wanted.brows, still, playing, seconds);
  }

  private bearing(name: PoseName, asked: number, still: boolean, playing: boolean, seconds: number): Bearing {
    const { now } = this.springs;
    const value = (row: number) => now[row] ?? 0;
    const glance = this.idle.glance;
    this.eyes.follow(Float32Array.of(value(rows.gaze) + glance[0], value(rows.gaze + 1) + glance[1]), gazeSettle, seconds);
    const [gazeX = 0, gazeY = 0] = this.eyes.now;
    const breath = still ? 0 : this.cache.at('breath', breathSeconds, this.seconds % breathSeconds, 0);
    // The head keeps time with the voice, a very little, and follows the eyes.
    const beat = playing && !still ? 0.012 * Math.sin(this.seconds * 2.1) + 0.016 * (this.mouth.jaw - 0.3) : 0;
    const head = [
      value(rows.head) * radians + this.gestured(0, still) + beat - gazeY * 0.03,
      value(rows.head + 1) * radians + this.gestured(1, still) + gazeX * 0.06 + (playing && !still ? 0.02 * Math.sin(this.seconds * 0.9) : 0),
      value(rows.head + 2) * radians + this.gestured(2, still) + (still ? 0 : 0.008 * Math.sin((this.seconds * 2 * Math.PI) / 7.3)),
    ] as const;
    this.sway.follow(Float32Array.of(still ? 0 : head[2] * -90 + 3 * breath), 1, seconds);
    if (name === 'farewell') this.turn -= seconds * 3;
    this.hands.set(now.subarray(0, rows.head));
    if (!still && (name === 'think' || name === 'farewell')) this.wind();
    const { duration, seconds: since } = this.idle.blink;
    const shut = [this.cache.at('blink', duration, since, 0), this.cache.at('blink', duration, since, 1)] as const;
    return {
      head,
      eyes: { x: gazeX, y: gazeY, shut, brows: Math.max(value(rows.brows), -asked * 0.8) - 0.6 * shut[0], worry: value(rows.worry) },
      mouth: this.mouth,
      visemes: this.formed,
      hands: this.hands,
      thread: { sway: this.sway.now[0] ?? 0, turn: this.turn, breath },
    };
  }

  private gestured(axis: 0 | 1 | 2, still: boolean): number {
    if (!this.gesture || still || this.seconds < this.gesture.from) return 0;
    return this.cache.at(this.gesture.movement, this.gesture.duration, this.seconds - this.gesture.from, axis);
  }

  /** The fingers go round; the grip stays, for the page's thread is tied to it. */
  private wind(): void {
    const turnSeconds = 1.4;
    for (const axis of [0, 1] as const) {
      const finger = 3 + axis;
      this.hands[finger] = (this.hands[finger] ?? 0) + 0.03 * this.cache.at('wind', turnSeconds, this.seconds % turnSeconds, axis);
    }
  }
}
