/** The thread's geometry, in pixels of the room. Threads run beside words, never across them. */
export type Point = readonly [x: number, y: number];
export interface Line {
  x0: number;
  x1: number;
  y: number;
}

const n = (value: number) => value.toFixed(1);
const p = (x: number, y: number) => `${n(x)} ${n(y)}`;

/** Hand → beginning of the words now spoken, in columns: straight through the gap between them. */
export function handToWords([hx, hy]: Point, { x0, y }: Line): string {
  return `M${p(hx, hy)} C${p(hx + 10, hy + (y - hy) * 0.7 + 30)} ${p(x0 - 70, y)} ${p(x0, y)}`;
}

/** The same on a phone or a kiosk: down the left margin. Its bends are as wide as the margin asks for. */
export function handDownMargin([hx, hy]: Point, { x0, y }: Line, margin: number): string {
  const k = margin / 9;
  if (y < hy + 62 * k) return `M${p(hx, hy)} C${p(hx - 8, hy + 20)} ${p(margin, y)} ${p(x0, y)}`;
  // Over to the margin while still above the first word, then down beside the words.
  return `M${p(hx, hy)} C${p(hx - 6, hy + 16 * k)} ${p(margin + 34 * k, hy + 4)} ${p(margin + 9 * k, hy + 16 * k)} Q${p(margin, hy + 21 * k)} ${p(margin, hy + 40 * k)} L${p(margin, y - 22 * k)} Q${p(margin, y)} ${p(x0, y)}`;
}

/** Hand → the line one writes on, hanging with a little weight. */
export function handToLine([hx, hy]: Point, [x, y]: Point): string {
  return `M${p(hx, hy)} C${p(hx + 6, hy + (y - hy) * 0.62)} ${p(x - Math.max(48, (x - hx) * 0.55), y + 4)} ${p(x, y)}`;
}

/** Under the words, line by line; the last ends where the voice is. */
export function underWords(lines: readonly Line[]): string {
  return lines.map(({ x0, x1, y }) => `M${p(x0, y)} L${p(x1, y)}`).join(' ');
}

/** The knot at a sentence's end → the hole of its tag, in columns; `gap` is the x where the text's column ends. */
export function knotToTag([kx, ky]: Point, [tx, ty]: Point, gap: number): string {
  // A tag beside its sentence: one slack bow. A higher one: along the sentence, then up the gap.
  if (ty > ky - 96) return `M${p(kx, ky)} C${p(kx + (tx - kx) * 0.55, ky + 14)} ${p(tx - (tx - kx) * 0.4, ty + 6)} ${p(tx, ty)}`;
  const e = Math.max(kx + 12, gap);
  return `M${p(kx, ky)} C${p(kx + (e - kx) * 0.5, ky + 10)} ${p(e - 26, ky + 8)} ${p(e, ky - 28)} S${p(tx - 46, ty)} ${p(tx, ty)}`;
}

/** The same on a phone: down the right margin, and into the tag from its right. */
export function knotDownMargin([kx, ky]: Point, [tx, ty]: Point, margin: number): string {
  const r = 26;
  return `M${p(kx, ky)} C${p(kx + 24, ky + 6)} ${p(margin, ky - 6)} ${p(margin, ky + r)} L${p(margin, ty - r * 1.5)} C${p(margin, ty - 4)} ${p(tx + r, ty - r * 0.6)} ${p(tx, ty)}`;
}

/** The same on a kiosk: down the right margin, along the gap over the tags, and hanging into the tag. */
export function knotOverTags([kx, ky]: Point, [tx, ty]: Point, margin: number, gap: number): string {
  const r = Math.min(60, Math.max(12, (gap - ky) / 2.4));
  return `M${p(kx, ky)} C${p(kx + 40, ky + 8)} ${p(margin, ky - 10)} ${p(margin, ky + r)} L${p(margin, gap - r * 0.6)} Q${p(margin, gap)} ${p(margin - r, gap)} L${p(tx + 40, gap)} Q${p(tx, gap)} ${p(tx, ty)}`;
}

/** The writing line, with the weight of thread. */
export function taut(x0: number, x1: number, y: number, sag = 3): string {
  return `M${p(x0, y)} C${p(x0 + (x1 - x0) * 0.3, y + sag)} ${p(x0 + (x1 - x0) * 0.7, y + sag)} ${p(x1, y)}`;
}

/** How far the loudest word throws the thread. */
const soundingHeight = 28;

/** The thread trembles with a voice, most in its middle; `level` 0 to 1, `seconds` the time that it has been sounding. */
export function sounding(x0: number, x1: number, y: number, level: number, seconds: number): string {
  const step = 4;
  const points: string[] = [];
  for (let x = x0; x < x1 + step; x += step) {
    const at = Math.min(x, x1);
    const envelope = Math.sin((Math.PI * (at - x0)) / Math.max(1, x1 - x0));
    const beat = 0.62 + 0.38 * Math.sin(at / 61 - seconds * 2.3);
    points.push(p(at, y + soundingHeight * level * envelope * beat * Math.sin(at / 8.5 - seconds * 9)));
  }
  return `M${points.join(' L')}`;
}

/** A small coil wound on the line: the guide is looking. The spiral winds in and out in one line. */
export function coil([cx, cy]: Point, radius: number): string {
  const turns = 1.9;
  const steps = 72;
  const points: string[] = [];
  for (let i = -steps; i <= steps; i++) {
    const angle = (Math.abs(i / steps) - 1) * turns * 2 * Math.PI;
    const r = (radius * i) / steps;
    points.push(p(cx + r * Math.cos(angle), cy + r * Math.sin(angle)));
  }
  return `M${points.join(' L')}`;
}

/** Two loose ends with a gap about `x`; `k` scales what is small on a phone. */
export function looseEnds(x0: number, x: number, x1: number, y: number, k = 1): string {
  // Where words stand close under the line, the near end turns up.
  const [w, h] = [20 * k, 16 * (k < 1 ? -k : k)];
  return `M${p(x0, y)} L${p(x - 44 * k, y)} q${p(w, 0)} ${p(w - 2, h)} M${p(x1, y)} L${p(x + 44 * k, y)} q${p(-w, 0)} ${p(2 - w, -h)}`;
}

/** A tangle at `x` on the line. */
export function tangle(x: number, y: number, k = 1): string {
  const curves = [
    [16, 1, 34, 4, 34, -10], [0, -16, -22, -14, -20, 2], [2, 20, 30, 28, 32, 8],
    [1, -14, -22, -20, -24, -4], [-2, 14, 10, 22, 18, 14], [8, -8, -2, -16, 4, -12], [8, 4, 22, 2, 34, 2],
  ];
  return `M${p(x - 40 * k, y)} ${curves.map((curve) => `c${curve.map((value) => n(value * k)).join(' ')}`).join(' ')}`;
}

/** An open loop: the texts do not say, so the thread ends without a tag. */
export function openLoop([x, y]: Point): string {
  return `M${p(x, y)} c16 0 30 0 40 -8 c10 -8 6 -20 -2 -19 c-9 1 -9 14 1 20 c9 5 16 6 24 14`;
}

/** The thread drops from the word where the voice stopped. */
export function dropped([x, y]: Point): string {
  return `M${p(x, y)} c14 0 17 10 13 18 c-3 6 -10 6 -9 0`;
}
