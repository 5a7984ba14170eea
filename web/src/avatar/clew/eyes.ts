import { BufferGeometry, Color, Float32BufferAttribute, InstancedMesh, Matrix4, MeshBasicMaterial, Quaternion, Vector3, type MeshMatcapMaterial } from 'three';
import { ellipsoid, smooth, surface, towards } from './mesh';
import { bisque } from './glazes';
import { browY, eyeX, eyeY, faceDepth } from './skull';

export interface Gaze {
  /** −1 to 1 of the eyes' way of 5 units, x to the viewer's right and y up. */
  x: number;
  y: number;
  /** How far the lids are shut, 0 to 1, the viewer's left first. */
  shut: readonly [number, number];
  /** How far the brows are lifted, in units, and how worried they are (inner ends up, radians). */
  brows: number;
  worry: number;
}

const reach = 5;
const sides = [-1, 1] as const;
const place = new Matrix4();
const spin = new Quaternion();
const at = new Vector3();
const size = new Vector3();
const across = new Vector3(1, 0, 0);
const forward = new Vector3(0, 0, 1);
const upward = new Vector3(0, 1, 0);
const openAngle = -0.98;
const shutAngle = 0.42;

/** Eyes, their lights, lids and brows: four instanced meshes. */
export class Eyes {
  readonly meshes: readonly InstancedMesh[];
  private readonly balls: InstancedMesh;
  private readonly lights: InstancedMesh;
  private readonly lids: InstancedMesh;
  private readonly brows: InstancedMesh;

  constructor(glaze: MeshMatcapMaterial, skin: MeshMatcapMaterial, hair: MeshMatcapMaterial, private readonly mirrored: () => boolean) {
    this.balls = new InstancedMesh(ellipsoid(9, 12, 4.6, 16, 10), glaze, 2);
    this.lights = new InstancedMesh(ellipsoid(1, 1, 0.5, 8, 5), new MeshBasicMaterial({ color: new Color('#FFF8EE') }), 4);
    this.lids = new InstancedMesh(lidGeometry(), skin, 2);
    this.brows = new InstancedMesh(browGeometry(), hair, 2);
    this.meshes = [this.balls, this.lights, this.lids, this.brows];
    // They are drawn with the head or not at all.
    for (const mesh of this.meshes) mesh.frustumCulled = false;
  }

  look({ x, y, shut, brows, worry }: Gaze): void {
    const lamp = this.mirrored() ? 1 : -1;
    sides.forEach((side, i) => {
      const [ex, ey] = [side * eyeX + x * reach, eyeY + y * reach];
      const z = faceDepth(ex, ey);
      const turn = spin.setFromAxisAngle(upward, side * 0.22 + x * 0.06);
      this.balls.setMatrixAt(i, place.compose(at.set(ex, ey, z - 0.6), turn, size.set(1, 1, 1)));
      const hidden = (shut[i] ?? 0) > 0.55 ? 0.001 : 1;
      this.lights.setMatrixAt(i * 2, place.compose(at.set(ex + lamp * 2.9, ey + 4.8, z + 4), turn, size.set(3.1 * hidden, 3.3 * hidden, 1)));
      this.lights.setMatrixAt(i * 2 + 1, place.compose(at.set(ex - lamp * 3, ey - 5, z + 3.8), turn, size.set(1.5 * hidden, 1.6 * hidden, 1)));
      this.lids.setMatrixAt(i, lid(side, shut[i] ?? 0, x * reach * 0.45, y * reach * 0.6));
      const lift = browY + brows;
      // Inner ends are never lower than outer ones, or the guide would frown.
      spin.setFromAxisAngle(upward, side * 0.42).multiply(tilt.setFromAxisAngle(forward, -side * (0.06 + Math.max(0, worry))));
      this.brows.setMatrixAt(i, place.compose(at.set(side * (eyeX + 1.5), lift, faceDepth(side * eyeX, lift) + 0.6), spin, size.set(1, 1, 1)));
    });
    for (const mesh of this.meshes) mesh.instanceMatrix.needsUpdate = true;
  }

  dispose(): void {
    for (const mesh of this.meshes) {
      mesh.geometry.dispose();
      mesh.dispose();
    }
    (this.lights.material as MeshBasicMaterial).dispose();
  }
}

const tilt = new Quaternion();
const turned = new Matrix4();

function lid(side: number, shut: number, dx: number, dy: number): Matrix4 {
  const [x, y] = [side * eyeX + dx, eyeY + dy];
  const angle = openAngle + (shutAngle - openAngle) * shut - dy * 0.03 * (1 - shut);
  place.compose(at.set(x, y - 0.5, faceDepth(x, y) - 1.6), spin.setFromAxisAngle(upward, side * 0.24), size.set(13.4, 13.6, 7.6));
  return place.multiply(turned.makeRotationFromQuaternion(tilt.setFromAxisAngle(across, angle)));
}

/** Half a shell about the x axis; its front edge is the line of lashes. */
function lidGeometry(): BufferGeometry {
  return surface({
    columns: 12, rows: 6,
    point: (u, v) => {
      const [wide, down] = [(u * 2 - 1) * 1.5, (1 - v) * 2.1];
      const ring = Math.cos(wide) * (v > 0.99 ? 0.93 : 1);
      return [Math.sin(wide), ring * Math.sin(down), ring * Math.cos(down)];
    },
    tint: (_, v) => towards(bisque.base, '#4E3226', smooth(0.6, 0.8, v)).multiply(towards(bisque.base, bisque.shade, 0.35 * smooth(0.3, 0.8, v))),
  });
}

/** A thin rod, bowed upwards and along the forehead, thinner at its ends. */
function browGeometry(): BufferGeometry {
  const geometry = surface({
    columns: 12, rows: 5, closed: false,
    point: (u, v) => {
      const s = u * 2 - 1;
      const thick = 2.9 * Math.sqrt(Math.max(0.001, 1 - s ** 4));
      const angle = v * 2 * Math.PI;
      return [s * 14.5, 2.3 - 4.6 * s * s + thick * Math.cos(angle), -2.2 * s * s + thick * 0.8 * Math.sin(angle)];
    },
  });
  const { count } = geometry.getAttribute('position');
  geometry.setAttribute('color', new Float32BufferAttribute(Array.from({ length: count * 3 }, (_, i) => [2.2, 1.9, 1.7][i % 3] ?? 1), 3));
  return geometry;
}
