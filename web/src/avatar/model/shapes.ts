import type { VRMExpressionManager } from '@pixiv/three-vrm';
import { Mesh, type Object3D } from 'three';

/** What a model's face can be told, by plain names; each takes 0 to 1. */
export type Shapes = ReadonlyMap<string, (value: number) => void>;

/** One name for what tools spell differently: `Wolf3D.eyeBlink_L`, `eyeBlinkLeft`; `viseme_aa`, `vrc.v_aa`. */
export function plain(name: string): string {
  const own = name.slice(name.lastIndexOf('.') + 1).replace(/_L$/, 'Left').replace(/_R$/, 'Right').replace(/^v_/, 'viseme_');
  return own.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The morph targets of all meshes, for teeth and lashes move with the face; and a VRM's expressions, where no morph target has that name. */
export function findShapes(model: Object3D, expressions?: VRMExpressionManager): Shapes {
  const shapes = new Map<string, (value: number) => void>();
  model.traverse((part) => {
    if (!(part instanceof Mesh) || !part.morphTargetInfluences) return;
    const { morphTargetInfluences: influences, morphTargetDictionary: names = {} } = part;
    for (const [name, index] of Object.entries(names)) {
      const others = shapes.get(plain(name));
      shapes.set(plain(name), (value) => {
        others?.(value);
        influences[index] = value;
      });
    }
  });
  for (const { expressionName } of expressions?.expressions ?? []) {
    const name = plain(expressionName);
    if (!shapes.has(name)) shapes.set(name, (value) => { expressions?.setValue(expressionName, value); });
  }
  return shapes;
}
