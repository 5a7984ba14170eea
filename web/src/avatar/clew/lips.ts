import { BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, Mesh, MeshBasicMaterial, type MeshMatcapMaterial } from 'three';
import { closedLine, mouthOutline } from '../../guide/mouthPath';
import type { MouthShape } from '../../guide/visemes';
import { gridIndex } from './mesh';
import { faceDepth, mouthY } from './skull';

/** Points of each lip from corner to corner. */
const across = 21;
const round = 6;
/** Bands of the mouth's inside, from the upper lip down: teeth, dark, tongue. */
const bands = 3;
const ivory = new Color('#F6EEE2');
const dark = new Color('#4A1B16');
const darker = new Color('#35100D');
const flesh = new Color('#C9705F');
const fleshShade = new Color('#A95446');

/** The mouth: a ring of lips that takes every shape, over a dark pocket with a row of teeth and a tongue. */
export class Mouth {
  readonly lips: Mesh;
  readonly inside: Mesh;
  private readonly upper = new Float32Array(across * 2);
  private readonly lower = new Float32Array(across * 2);

  constructor(glaze: MeshMatcapMaterial) {
    this.lips = new Mesh(dynamic(2 * across * (round + 1), [...gridIndex(round, across - 1), ...gridIndex(round, across - 1, across * (round + 1))]), glaze);
    (this.lips.geometry.getAttribute('color').array as Float32Array).fill(1);
    const insideIndex = Array.from({ length: bands }, (_, band) => gridIndex(across - 1, 1, band * across * 2)).flat();
    this.inside = new Mesh(dynamic(bands * 2 * across, insideIndex), new MeshBasicMaterial({ vertexColors: true, depthTest: false, depthWrite: false }));
    // Seen through the lips, over the face, before everything that may pass in front of it.
    this.inside.renderOrder = 1;
    this.lips.frustumCulled = this.inside.frustumCulled = false;
    paintInside(this.inside.geometry.getAttribute('color') as BufferAttribute);
  }

  form(shape: MouthShape): void {
    const { teeth, tongue, open } = this.trace(shape);
    this.shapeLips(open, shape);
    this.shapeInside(teeth, tongue);
  }

  /** Both lips' inner lines; where the mouth closes they meet in the quiet smile. */
  private trace(shape: MouthShape): ReturnType<typeof mouthOutline> {
    const outline = mouthOutline(shape);
    const { half, corner, top, bottom, lift, upperX, lower, open } = outline;
    const line = closedLine(half, shape.wide);
    const parted = Math.min(1, open / 3);
    const fromCorner = corner + (top - corner) * lift;
    for (let i = 0; i < across; i++) {
      const s = (i / (across - 1)) * 2 - 1;
      const t = 1 - Math.abs(s);
      const shut = { x: s * line.half, y: corner + line.bow * 0.75 * (1 - s * s) };
      const up = { x: Math.sign(s) * bezier(half, half, upperX, 0, t), y: bezier(corner, fromCorner, top, top, t) };
      const low = { x: Math.sign(s) * bezier(half, lower.side, lower.x, 0, t), y: bezier(corner, lower.y, bottom, bottom, t) };
      this.upper.set([shut.x + (up.x - shut.x) * parted, -(shut.y + (up.y - shut.y) * parted)], i * 2);
      this.lower.set([shut.x + (low.x - shut.x) * parted, -(shut.y + (low.y - shut.y) * parted)], i * 2);
    }
    return outline;
  }

  private shapeLips(open: number, { wide, round: pursed }: MouthShape): void {
    const positions = this.lips.geometry.getAttribute('position') as BufferAttribute;
    const normals = this.lips.geometry.getAttribute('normal') as BufferAttribute;
    const pressed = Math.max(0, 1 - wide * 2.2) * Math.max(0, 1 - open / 2);
    let at = 0;
    for (const [line, below] of [[this.upper, 0], [this.lower, 1]] as const) {
      for (let i = 0; i < across; i++) {
        const s = (i / (across - 1)) * 2 - 1;
        const [x, y] = [line[i * 2] ?? 0, line[i * 2 + 1] ?? 0];
        const [bx, by] = [line[Math.max(0, i - 1) * 2] ?? x, line[Math.max(0, i - 1) * 2 + 1] ?? y];
        const [cx, cy] = [line[Math.min(across - 1, i + 1) * 2] ?? x, line[Math.min(across - 1, i + 1) * 2 + 1] ?? y];
        const length = Math.hypot(cx - bx, cy - by) || 1;
        const [nx, ny] = [-(cy - by) / length, (cx - bx) / length];
        // A soft cushion, thinner at the corners; the lower lip is the fuller one.
        const body = (1.75 + 0.45 * below * Math.min(1, open / 5) + 0.9 * pursed + 1.2 * pressed) * (0.55 + 0.45 * (1 - s ** 4));
        const z = faceDepth(x, mouthY + y) + 1.6 * pursed;
        for (let k = 0; k <= round; k++, at++) {
          const angle = -(k / round) * 2 * Math.PI;
          const [c, d] = [Math.cos(angle), Math.sin(angle)];
          positions.setXYZ(at, x + nx * c * body, mouthY + y + ny * c * body, z + d * body * 0.8);
          normals.setXYZ(at, nx * c, ny * c, d);
        }
      }
    }
    positions.needsUpdate = normals.needsUpdate = true;
  }

  private shapeInside(teeth: number, tongue: { y: number; rx: number; ry: number }): void {
    const positions = this.inside.geometry.getAttribute('position') as BufferAttribute;
    for (let i = 0; i < across; i++) {
      const [ux, uy] = [this.upper[i * 2] ?? 0, this.upper[i * 2 + 1] ?? 0];
      const [lx, ly] = [this.lower[i * 2] ?? 0, this.lower[i * 2 + 1] ?? 0];
      const s = (i / (across - 1)) * 2 - 1;
      const bite = Math.max(ly, uy - teeth * Math.sqrt(Math.max(0, 1 - (s / 0.86) ** 6)) * (Math.abs(s) < 0.86 ? 1 : 0));
      const out = lx / Math.max(1, tongue.rx);
      const back = Math.abs(out) < 1 && tongue.ry > 0 ? -tongue.y + tongue.ry * Math.sqrt(1 - out * out) : -1e3;
      const rise = Math.min(bite, Math.max(ly, back));
      const levels = [uy, bite, bite, rise, rise, ly];
      levels.forEach((y, level) => {
        const x = ux + (lx - ux) * (uy === ly ? 0 : (uy - y) / (uy - ly));
        positions.setXYZ(level * across + i, x, mouthY + y, faceDepth(x, mouthY + y) + (depths[level] ?? 0));
      });
    }
    positions.needsUpdate = true;
  }

  dispose(): void {
    this.lips.geometry.dispose();
    this.inside.geometry.dispose();
    (this.inside.material as MeshBasicMaterial).dispose();
  }
}

const depths = [-1, -1.5, -6, -6, -3, -1];
const bezier = (a: number, b: number, c: number, d: number, t: number) => a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t ** 3;

function paintInside(colors: BufferAttribute): void {
  [ivory, ivory, darker, dark, flesh, fleshShade].forEach((colour, level) => {
    for (let i = 0; i < across; i++) colors.setXYZ(level * across + i, colour.r, colour.g, colour.b);
  });
}

function dynamic(vertices: number, index: number[]): BufferGeometry {
  const geometry = new BufferGeometry();
  for (const name of ['position', 'normal', 'color']) {
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(vertices * 3), 3).setUsage(DynamicDrawUsage));
  }
  geometry.setIndex(index);
  return geometry;
}
