import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Matrix4, Mesh, Vector3, type MeshMatcapMaterial } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { shoulderY } from './body';
import { celadon } from './glazes';
import { gridIndex, smooth, towards } from './mesh';
import { mittenGeometry } from './mitten';

/** Where a hand is and how it is held. */
export interface HandNow {
  /** Of the grip between finger and thumb, in the guide's units. */
  at: Vector3;
  /** Where the fingers point. */
  fingers: Vector3;
  /** Where the thumb is, as far as the fingers let it. */
  thumb: Vector3;
}

const along = 10;
const around = 16;
const tube = (along + 1) * (around + 1);
/** The cuff's inside: its middle, darker, and one ring. */
const vertices = tube + around + 2;
const shoulders = [new Vector3(44, shoulderY - 14, 2), new Vector3(-48, shoulderY - 16, 8)] as const;
/** Where in the hand the thread is held. */
const grip = new Vector3(20, 7, 5);

const [tangent, side, up, point, elbow, wrist, palm] = Array.from({ length: 7 }, () => new Vector3()) as [Vector3, Vector3, Vector3, Vector3, Vector3, Vector3, Vector3];
const matrix = new Matrix4();

/** Two sleeves in one mesh and two mittens in another, the giving arm first. */
export class Arms {
  readonly sleeves: Mesh;
  readonly hands: Mesh;
  private readonly mitten: BufferGeometry;

  constructor(robe: MeshMatcapMaterial, skin: MeshMatcapMaterial) {
    const index = [0, 1].flatMap((arm) => [...gridIndex(around, along, arm * vertices), ...capIndex(arm * vertices + tube)]);
    this.sleeves = new Mesh(moving(2 * vertices, index), robe);
    paintSleeves(this.sleeves.geometry.getAttribute('color') as BufferAttribute);
    this.mitten = mittenGeometry();
    const rest = mergeGeometries([this.mitten, this.mitten]);
    for (const name of ['position', 'normal']) (rest.getAttribute(name) as BufferAttribute).setUsage(DynamicDrawUsage);
    this.hands = new Mesh(rest, skin);
    this.sleeves.frustumCulled = this.hands.frustumCulled = false;
  }

  hold(giving: HandNow, resting: HandNow): void {
    this.reach(0, giving);
    this.reach(1, resting);
    for (const mesh of [this.sleeves, this.hands]) {
      mesh.geometry.getAttribute('position').needsUpdate = true;
      mesh.geometry.getAttribute('normal').needsUpdate = true;
    }
  }

  private reach(arm: 0 | 1, { at, fingers, thumb }: HandNow): void {
    tangent.copy(fingers).normalize();
    up.copy(thumb).addScaledVector(tangent, -thumb.dot(tangent)).normalize();
    side.crossVectors(tangent, up);
    matrix.makeBasis(tangent, up, side);
    palm.copy(grip).applyMatrix4(matrix).negate().add(at);
    matrix.setPosition(palm);
    const count = this.mitten.getAttribute('position').count;
    place(this.mitten.getAttribute('position'), this.hands.geometry.getAttribute('position'), arm * count, matrix, true);
    place(this.mitten.getAttribute('normal'), this.hands.geometry.getAttribute('normal'), arm * count, matrix, false);
    wrist.set(-19, -1, 0).applyMatrix4(matrix);
    this.drape(arm, shoulders[arm], wrist);
  }

  /** A wide sleeve along the arm: from the shoulder over a soft elbow to its cuff. */
  private drape(arm: 0 | 1, from: Vector3, to: Vector3): void {
    const out = arm === 0 ? 1 : -1;
    elbow.addVectors(from, to).multiplyScalar(0.5).add(point.set(out * 15, -13 - Math.max(0, (to.y - from.y) * 0.3), 2));
    const positions = this.sleeves.geometry.getAttribute('position') as BufferAttribute;
    const normals = this.sleeves.geometry.getAttribute('normal') as BufferAttribute;
    let i = arm * vertices;
    for (let ring = 0; ring <= along; ring++) {
      const t = ring / along;
      frameAt(from, to, t);
      const radius = sleeveRadius(t);
      const slope = (sleeveRadius(Math.min(1, t + 0.02)) - sleeveRadius(t - 0.02)) / (0.04 * from.distanceTo(to));
      for (let k = 0; k <= around; k++, i++) {
        const angle = (k / around) * 2 * Math.PI;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        // Cloth hangs: the lower half is fuller towards the cuff.
        const hang = 1 + 0.2 * t * t * Math.max(0, -s);
        positions.setXYZ(i, point.x + (side.x * c + up.x * s * hang) * radius, point.y + (side.y * c + up.y * s * hang) * radius, point.z + (side.z * c + up.z * s * hang) * radius);
        normals.setXYZ(i, side.x * c + up.x * s - tangent.x * slope, side.y * c + up.y * s - tangent.y * slope, side.z * c + up.z * s - tangent.z * slope);
      }
    }
    // The dark inside of the cuff, a little way in.
    const rim = arm * vertices + along * (around + 1);
    positions.setXYZ(i, point.x - tangent.x * 9, point.y - tangent.y * 9, point.z - tangent.z * 9);
    normals.setXYZ(i, tangent.x, tangent.y, tangent.z);
    for (let k = 0; k < around + 1; k++) {
      positions.setXYZ(i + 1 + k, positions.getX(rim + k), positions.getY(rim + k), positions.getZ(rim + k));
      normals.setXYZ(i + 1 + k, tangent.x, tangent.y, tangent.z);
    }
  }

  dispose(): void {
    for (const geometry of [this.sleeves.geometry, this.hands.geometry, this.mitten]) geometry.dispose();
  }
}

const sleeveRadius = (t: number) => 15 + 10.5 * smooth(0, 0.45, t) - 1.5 * smooth(0.5, 0.8, t) + 1.5 * smooth(0.85, 1, t);

/** Sets `point`, `tangent`, `side` and `up` on the arm's curve. */
function frameAt(from: Vector3, to: Vector3, t: number): void {
  const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
  point.set(from.x * a + elbow.x * b + to.x * c, from.y * a + elbow.y * b + to.y * c, from.z * a + elbow.z * b + to.z * c);
  tangent.set(2 * (1 - t) * (elbow.x - from.x) + 2 * t * (to.x - elbow.x), 2 * (1 - t) * (elbow.y - from.y) + 2 * t * (to.y - elbow.y), 2 * (1 - t) * (elbow.z - from.z) + 2 * t * (to.z - elbow.z)).normalize();
  // `up` stays as upright as the arm lets it; an arm straight up takes the depth instead.
  up.set(0, 1, Math.abs(tangent.y) > 0.95 ? 1 : 0).addScaledVector(tangent, -tangent.y).normalize();
  side.crossVectors(tangent, up).normalize();
  up.crossVectors(side, tangent);
}

function place(from: BufferAttribute | { count: number; getX(i: number): number; getY(i: number): number; getZ(i: number): number }, to: unknown, first: number, by: Matrix4, moved: boolean): void {
  const target = to as BufferAttribute;
  for (let i = 0; i < from.count; i++) {
    elbow.set(from.getX(i), from.getY(i), from.getZ(i));
    if (moved) elbow.applyMatrix4(by);
    else elbow.transformDirection(by);
    target.setXYZ(first + i, elbow.x, elbow.y, elbow.z);
  }
}

function paintSleeves(colors: BufferAttribute): void {
  const [deepest, inner] = [towards(celadon.base, '#21160F', 1), towards(celadon.base, '#664936', 1)];
  for (let arm = 0; arm < 2; arm++) {
    for (let i = 0; i < vertices; i++) {
      const t = Math.min(1, Math.floor(i / (around + 1)) / along);
      const below = Math.max(0, -Math.sin(((i % (around + 1)) / around) * 2 * Math.PI));
      const colour = i === tube ? deepest : i > tube ? inner : towards(celadon.base, celadon.deep, 0.2 * below + 0.2 * smooth(0.6, 0.95, t)).multiply(towards(celadon.base, '#7A4E34', smooth(0.82, 0.92, t)));
      colors.setXYZ(arm * vertices + i, colour.r, colour.g, colour.b);
    }
  }
}

const capIndex = (centre: number) => Array.from({ length: around }, (_, k) => [centre, centre + 2 + k, centre + 1 + k]).flat();

function moving(count: number, index: number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  for (const name of ['position', 'normal', 'color']) geometry.setAttribute(name, new BufferAttribute(new Float32Array(count * 3), 3).setUsage(DynamicDrawUsage));
  geometry.setIndex(index);
  return geometry;
}
