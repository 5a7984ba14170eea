import { Color, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { bisque } from './glazes';
import { ellipsoid, smooth, towards } from './mesh';

/** A mitten about its palm: fingers along x, thumb towards y, the same from both sides, so that it is left and right. */
export function mittenGeometry(): BufferGeometry {
  const palm = ellipsoid(26, 14.5, 10.5, 14, 8, (_, __, [x, y]) => towards(bisque.base, bisque.shade, 0.55 * smooth(-8, -26, x) + 0.3 * Math.exp(-(((y - 9) / 3) ** 2)) * smooth(24, 6, x)));
  const positions = palm.getAttribute('position');
  for (let i = 0; i < positions.count; i++) {
    const [x, y, z] = [positions.getX(i), positions.getY(i), positions.getZ(i)];
    // A narrow wrist, and fingers that bend a little down.
    const narrow = 1 - 0.24 * smooth(-4, -24, x);
    positions.setXYZ(i, x + 4, y * narrow - 0.006 * Math.max(0, x) ** 2, z * narrow);
  }
  const thumb = ellipsoid(13.5, 6.2, 6, 10, 6, () => new Color(1, 1, 1)).rotateZ(0.62).translate(8, 11.5, 3);
  const whole = mergeGeometries([palm, thumb]);
  whole.computeVertexNormals();
  return whole;
}
