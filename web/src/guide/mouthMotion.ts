import type { FaceNow } from './faceTracks';
import { visemes, type MouthShape } from './visemes';

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
  const voice = quietest + (1 - quietest) * Math.min(1, loudness * 1.6);
  return { jaw: mix('jaw') * voice, wide: mix('wide'), round: mix('round'), teeth: mix('teeth'), tongue: mix('tongue') };
}

/** One step of the lips towards `target`. */
export function approach(from: MouthShape, target: MouthShape, seconds: number): MouthShape {
  const step = (now: number, wanted: number) => {
    const time = wanted > now ? inSeconds : outSeconds;
    return now + (wanted - now) * (1 - Math.exp((-constants * seconds) / time));
  };
  return {
    jaw: step(from.jaw, target.jaw),
    wide: step(from.wide, target.wide),
    round: step(from.round, target.round),
    teeth: step(from.teeth, target.teeth),
    tongue: step(from.tongue, target.tongue),
  };
}

export function isAtRest(shape: MouthShape): boolean {
  return (Object.keys(shape) as (keyof MouthShape)[]).every((key) => Math.abs(shape[key] - visemes.sil[key]) < 0.01);
}
