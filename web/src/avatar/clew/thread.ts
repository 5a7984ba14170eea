import { BufferAttribute, BufferGeometry, CubicBezierCurve3, DynamicDrawUsage, Mesh, MeshBasicMaterial, Vector3 } from 'three';
import { gridIndex } from './mesh';

const segments = 48;
const round = 5;
const radius = 1.55;

const [point, tangent, side, up] = Array.from({ length: 4 }, () => new Vector3()) as [Vector3, Vector3, Vector3, Vector3];

/** The thread from the ball to the giving hand: one loop over the head, then down. */
export class Thread {
  readonly mesh: Mesh;
  readonly material = new MeshBasicMaterial();
  private readonly over = new CubicBezierCurve3();
  private readonly down = new CubicBezierCurve3();

  constructor() {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array((segments + 1) * (round + 1) * 3), 3).setUsage(DynamicDrawUsage));
    geometry.setIndex(gridIndex(round, segments));
    this.mesh = new Mesh(geometry, this.material);
    this.mesh.frustumCulled = false;
  }

  /** `sway` moves its loose middle, in units. */
  hang(ball: Vector3, hand: Vector3, sway: number): void {
    const belly = tangent.set(Math.max(ball.x + 68, 98) + sway, (ball.y + hand.y) * 0.5 + 44, 26);
    this.over.v0.copy(ball);
    this.over.v1.set(ball.x + 46, ball.y + 26, ball.z + 8);
    this.over.v2.set(belly.x + 8 - sway * 0.4, belly.y + 78, belly.z);
    this.over.v3.copy(belly);
    this.down.v0.copy(belly);
    this.down.v1.set(belly.x - 8 + sway * 0.4, belly.y - 84, belly.z + 4);
    this.down.v2.set(hand.x - 46 + sway * 0.5, hand.y + 58, hand.z + 8);
    this.down.v3.copy(hand);
    const positions = this.mesh.geometry.getAttribute('position') as BufferAttribute;
    let i = 0;
    for (let segment = 0; segment <= segments; segment++) {
      const [curve, t] = segment <= segments / 2 ? [this.over, (segment / segments) * 2] : [this.down, (segment / segments) * 2 - 1];
      curve.getPoint(t, point);
      curve.getTangent(t, tangent);
      side.set(tangent.y, -tangent.x, 0).normalize();
      up.crossVectors(side, tangent);
      for (let k = 0; k <= round; k++, i++) {
        const angle = (k / round) * 2 * Math.PI;
        const [c, s] = [Math.cos(angle) * radius, Math.sin(angle) * radius];
        positions.setXYZ(i, point.x + side.x * c + up.x * s, point.y + side.y * c + up.y * s, point.z + side.z * c + up.z * s);
      }
    }
    positions.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.material.dispose();
  }
}
