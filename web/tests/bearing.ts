import { Bone, Mesh, Vector3, type Object3D } from 'three';
import type { ModelFigure } from '../src/avatar/model/ModelFigure';
import { GuideMotion } from '../src/avatar/motion/GuideMotion';
import { poseFor } from '../src/guide/poses';
import { visemeIds, type VisemeId } from '../src/guide/visemes';

const quiet = { viseme: 'sil', weight: 1, loudness: 0, expression: 'neutral', action: 'none' } as const;
const frame = 1 / 60;

/** What each part of the face has its shapes at, by the names in the file. */
export function facesOf(figure: ModelFigure): Record<string, number>[] {
  const faces: Record<string, number>[] = [];
  figure.object.traverse((part) => {
    if (part instanceof Mesh && part.morphTargetDictionary) faces.push(Object.fromEntries(Object.entries(part.morphTargetDictionary).map(([name, i]) => [name, part.morphTargetInfluences?.[i] ?? 0])));
  });
  return faces;
}

export const faceOf = (figure: ModelFigure): Record<string, number> => facesOf(figure).at(-1) ?? {};

export function say(figure: ModelFigure, viseme: VisemeId): Record<string, number> {
  figure.apply.visemes?.(Float32Array.from(visemeIds, (id) => (id === viseme ? 1 : 0)));
  figure.live(frame);
  return faceOf(figure);
}

/** The first of that name; of two that are called alike the bone. */
export function partOf(figure: ModelFigure, name: string): Object3D {
  const found: Object3D[] = [];
  figure.object.traverse((part) => { if (String(part.userData['name'] ?? part.name).endsWith(name)) found.push(part); });
  const part = found.find((one) => one instanceof Bone) ?? found[0];
  if (!part) throw new Error(`no ${name}`);
  return part;
}

export const placeOf = (figure: ModelFigure, name: string): Vector3 => partOf(figure, name).getWorldPosition(new Vector3());

/** Two seconds of a state, as the stage draws them. */
export function stand(figure: ModelFigure, state: 'ready' | 'thinking'): void {
  const motion = new GuideMotion();
  for (let i = 0; i < 120; i++) {
    const { head, hands } = motion.step(frame, { face: quiet, pose: poseFor(state, 'none'), playing: false, still: false });
    figure.live(frame);
    figure.apply.head?.(head);
    figure.apply.hands?.(hands);
  }
}
