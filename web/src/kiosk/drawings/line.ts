/** Pieces of a drawing in one line, as parts of an SVG path on 1080 × 1920; the line goes from right to left. */
export type Point = readonly [x: number, y: number];

export interface Disc {
  x: number;
  y: number;
  radius: number;
  turns: number;
  /** The line comes and goes downwards, not upwards. */
  down?: boolean;
  /** Its edge has teeth, as a wheel's. */
  toothed?: boolean;
}

/** Where the ball is, from which every line begins. */
export const fromBall = 'M586 858';

const samplesPerTurn = 14;
const toothDepth = 0.1;
const n = (value: number) => value.toFixed(0);

/** Through the middles between the points, rounded at each of them. */
function smooth(points: readonly Point[]): string {
  let path = '';
  for (const [i, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[i + 1] ?? [x, y];
    path += `Q${n(x)} ${n(y)} ${n((x + nextX) / 2)} ${n((y + nextY) / 2)}`;
  }
  return path;
}

/** A disc drawn by winding in to its middle and out again on the other side: Fermat's spiral. Enters at its right, leaves at its left. */
export function wound({ x, y, radius, turns, down = false, toothed = false }: Disc): string {
  const steps = Math.round(turns * (toothed ? 2 * samplesPerTurn : samplesPerTurn));
  const points: Point[] = [];
  for (let i = -steps; i <= steps; i++) {
    const part = Math.abs(i) / steps;
    const angle = part * turns * 2 * Math.PI;
    // The last half turn of both ends is the edge.
    const tooth = toothed && part > 1 - 0.5 / turns && i % 2 === 0 ? toothDepth : 0;
    const r = radius * (Math.sqrt(part) + tooth) * (i < 0 ? 1 : -1);
    points.push([x + r * Math.cos(angle), y + r * Math.sin(angle) * (down ? -1 : 1)]);
  }
  return toothed ? `L${points.map(([px, py]) => `${n(px)} ${n(py)}`).join(' ')}` : smooth(points);
}

/** Foam: from point to point in bows that swell to the left of the way. */
export function foam(points: readonly Point[], swell: number): string {
  let path = '';
  for (const [i, [x, y]] of points.entries()) {
    const [fromX, fromY] = points[i - 1] ?? [x, y];
    if (i === 0) continue;
    const [dx, dy] = [x - fromX, y - fromY];
    const length = Math.hypot(dx, dy) || 1;
    path += `Q${n((fromX + x) / 2 + (dy / length) * swell)} ${n((fromY + y) / 2 - (dx / length) * swell)} ${n(x)} ${n(y)}`;
  }
  return path;
}
