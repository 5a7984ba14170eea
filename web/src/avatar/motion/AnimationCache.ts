/** Frames a second of what is kept. */
const frameRate = 60;

/** A movement: what x, y and z are at a part of its time, 0 to 1. */
export type Movement = (part: number) => readonly [x: number, y: number, z: number];

const tau = 2 * Math.PI;
const once = (part: number) => Math.sin(Math.PI * part);
const soft = (part: number) => part * part * (3 - 2 * part);

/** Head movements are pitch, yaw and roll in radians; hand movements x, y and z in the guide's units. */
export const movements = {
  /** Down slowly and up again, once: the first visit's greeting. */
  bow: (part) => [0.2 * Math.sin(Math.PI * soft(part)), 0, 0.03 * once(part)],
  nod: (part) => [0.075 * once(part) * Math.sin(tau * Math.min(1, part * 1.15) * 0.8), 0, 0],
  /** The finger that winds thread. */
  wind: (part) => [9 * Math.cos(tau * part) - 9, 7 * Math.sin(tau * part), 0],
  /** In and out: lift of the body, tilt of the head, and how far the thread sags. */
  breath: (part) => [0.5 - 0.5 * Math.cos(tau * part), Math.sin(tau * part), 0.5 - 0.5 * Math.cos(tau * part)],
  /** Both lids, and how far the brows follow. */
  blink: (part) => [soft(Math.min(1, part * 2.6)) * (1 - soft(Math.max(0, part * 1.6 - 0.6))), soft(Math.min(1, part * 2.5)) * (1 - soft(Math.max(0, part * 1.6 - 0.6))), once(part)],
} as const satisfies Record<string, Movement>;

export type MovementName = keyof typeof movements;

/** Movements worked out once for each length and kept: three floats a frame. */
export class AnimationCache {
  private readonly kept = new Map<string, Float32Array>();

  /** The frames of a movement that takes `duration` seconds: x, y, z of each. */
  frames(type: MovementName, duration: number): Float32Array {
    const key = `${type}_${String(duration)}`;
    const known = this.kept.get(key);
    if (known) return known;
    const count = Math.max(1, Math.ceil(duration * frameRate));
    const frames = new Float32Array(count * 3);
    for (let i = 0; i < count; i++) frames.set(movements[type](count === 1 ? 1 : i / (count - 1)), i * 3);
    this.kept.set(key, frames);
    return frames;
  }

  /** One of x (0), y (1) and z (2) after `seconds`, between two frames as much of each; ends as its last frame. */
  at(type: MovementName, duration: number, seconds: number, axis: 0 | 1 | 2): number {
    const frames = this.frames(type, duration);
    const last = frames.length / 3 - 1;
    const place = Math.min(last, Math.max(0, (seconds / duration) * last));
    const frame = Math.floor(place);
    const here = frames[frame * 3 + axis] ?? 0;
    const next = frames[Math.min(last, frame + 1) * 3 + axis] ?? here;
    return here + (next - here) * (place - frame);
  }

  get size(): number {
    return this.kept.size;
  }
}
