import { Float32BufferAttribute, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { bisque } from './glazes';
import { bump, ellipsoid, smooth, surface, towards } from './mesh';
import { eggPoint, features, hairlineAt, mouthY, polarOf } from './skull';

/** Half an egg's turn and a little: the rest is under the hair. */
const halfTurn = 1.95;
/** The chin's way when the jaw is wide open. */
const jawDrop = 6;

/** Face, nose and ears in one, with one shape to morph into: the jaw let down. */
export function headGeometry(): BufferGeometry {
  const face = surface({
    columns: 38, rows: 32,
    point: (u, v) => {
      const w = u * 2 - 1;
      // Columns and rows are closer where nose and lips are.
      const around = halfTurn * (0.42 * w + 0.58 * w ** 3);
      const polar = Math.PI * (v - 0.045 * Math.sin(2 * Math.PI * v));
      const [x, y, z] = eggPoint(around, polar);
      return [x, y, z + (Math.abs(around) < 1.5 ? features(x, y) : 0)];
    },
    tint: (_, __, [x, y, z]) => {
      const around = Math.atan2(x, z);
      const underHair = Math.exp(-Math.max(0, polarOf(y) - hairlineAt(around)) / 0.1);
      const blush = bump(Math.abs(x), y, 50, -35, 15, 10) * 0.42;
      const nose = bump(x, y, 0, -31, 7, 3.6) * 0.3 + bump(x, y, 5.5, -26, 3, 4.5) * 0.1;
      const tip = bump(x, y, 0, -23, 6, 5) * 0.14;
      const lips = bump(x, y, 0, mouthY - 15, 16, 3.5) * 0.12;
      return towards(bisque.base, '#D98A70', blush + tip)
        .multiply(towards(bisque.base, bisque.shade, underHair * 0.75 + nose + lips))
        .multiply(towards(bisque.base, bisque.deep, smooth(-66, -92, y) * 0.7));
    },
  });
  const ears = [-1, 1].map((side) => ellipsoid(11, 19, 9, 10, 8, (_, __, [x, y]) =>
    towards(bisque.base, bisque.deep, bump(x * side, y, 3, 1, 4.5, 9) * 0.75 + 0.08)).rotateZ(side * -0.08).rotateY(side * -0.35).translate(side * 81, -12, -6));
  const whole = mergeGeometries([face, ...ears]);
  whole.morphAttributes['position'] = [jawOpen(whole)];
  whole.morphTargetsRelative = true;
  return whole;
}

function jawOpen(geometry: BufferGeometry): Float32BufferAttribute {
  const at = geometry.getAttribute('position');
  const moved = new Float32Array(at.count * 3);
  for (let i = 0; i < at.count; i++) {
    const [x, y, z] = [at.getX(i), at.getY(i), at.getZ(i)];
    moved[i * 3 + 1] = z > 0 ? -jawDrop * smooth(mouthY + 4, -82, y) * (1 - smooth(40, 76, Math.abs(x))) : 0;
  }
  return new Float32BufferAttribute(moved, 3);
}
