import type { FaceNow } from './faceTracks';
import { visemeIds, visemes, type MouthShape } from './visemes';

/** Time to take a shape, and to leave it again: never snapping. */
const inSeconds = 0.06;
const outSeconds = 0.09;
/** After its time a movement is 95 % done: e^-3. */
const constants = 3;
/** A whisper still moves the lips. */
const quietest = 0.45;

/** The shape the face asks for: less of the viseme is nearer to silence, and the jaw follows the loudness. */
export function targetShape({ viseme, weight, loudness }: Pick<FaceNow, 'viseme' | 'weight' | 'loudness'>): MouthShape {
  const full = visemes[viseme];
  const rest = visemes.sil;
  const mix = (key: keyof MouthShape) => rest[key] + (full[key] - rest[key]) * weight;
  return { jaw: mix('jaw') * voiced(loudness), wide: mix('wide'), round: mix('round'), teeth: mix('teeth'), tongue: mix('tongue') };
}

const voiced = (loudness: number) => quietest + (1 - quietest) * Math.min(1, loudness * 1.6);

function step(now: number, wanted: number, seconds: number): number {
  const time = wanted > now ? inSeconds : outSeconds;
  return now + (wanted - now) * (1 - Math.exp((-constants * seconds) / time));
}

/** One step of the lips towards `target`. */
export function approach(from: MouthShape, target: MouthShape, seconds: number): MouthShape {
  const towards = (key: keyof MouthShape) => step(from[key], target[key], seconds);
  return { jaw: towards('jaw'), wide: towards('wide'), round: towards('round'), teeth: towards('teeth'), tongue: towards('tongue') };
}

/** One step of a mouth that has a shape for each viseme: `formed` says how far each is there, in the order of `visemeIds`. */
export function approachVisemes(formed: Float32Array, { viseme, weight, loudness }: Pick<FaceNow, 'viseme' | 'weight' | 'loudness'>, seconds: number): void {
  visemeIds.forEach((id, i) => { formed[i] = step(formed[i] ?? 0, id === viseme ? weight * voiced(loudness) : 0, seconds); });
}

export function isAtRest(shape: MouthShape): boolean {
  return (Object.keys(shape) as (keyof MouthShape)[]).every((key) => Math.abs(shape[key] - visemes.sil[key]) < 0.01);
}
