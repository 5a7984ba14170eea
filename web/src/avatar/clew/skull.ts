import { bump, smooth } from './mesh';

/** The head's form, in the guide's units about its own middle: 162 wide, an egg of 1 : 1.15, y up, z to the visitor. */
const halfWidth = 81;
const halfDepth = 75;
const crown = 96;
const chin = 90;

/** Where eyes, nose and mouth are. */
export const eyeX = 29;
export const eyeY = -6;
export const browY = 26;
export const mouthY = -47;

/** Part of the greatest girth at a height. Fuller above than an ellipse, as heads are. */
export function girth(y: number): number {
  const [half, power] = y > 0 ? [crown, 2.35] : [chin, 2.12];
  return Math.max(0, 1 - Math.abs(y / half) ** power) ** (1 / power);
}

/** Height at a polar angle, 0 at the crown. */
export const heightAt = (polar: number) => Math.cos(polar) * (polar < Math.PI / 2 ? crown : chin);

export const polarOf = (y: number) => Math.acos(Math.max(-1, Math.min(1, y / (y > 0 ? crown : chin))));

/** A point of the plain egg, `out` units off it. */
export function eggPoint(around: number, polar: number, out = 0): [number, number, number] {
  const y = heightAt(polar);
  const r = girth(y);
  const [nx, ny, nz] = [Math.sin(polar) * Math.sin(around), Math.cos(polar), Math.sin(polar) * Math.cos(around)];
  return [halfWidth * r * Math.sin(around) + nx * out, y + ny * out, halfDepth * r * Math.cos(around) + nz * out];
}

/** How far the face stands out of the egg, towards the visitor. */
export function features(x: number, y: number): number {
  const side = Math.abs(x);
  return 8 * bump(x, y, 0, -24, 6.4, 5.6) + 2.4 * bump(x, y, 0, -10, 4.6, 10)
    - 3.2 * bump(side, y, eyeX, eyeY + 2, 13, 13)
    + 3 * bump(side, y, 47, -36, 18, 17)
    + 2.2 * bump(x, y, 0, mouthY, 24, 13)
    + 2.4 * bump(x, y, 0, -79, 15, 9);
}

/** How far the face is in front at a place of it. */
export function faceDepth(x: number, y: number): number {
  const across = x / (halfWidth * Math.max(0.05, girth(y)));
  return halfDepth * girth(y) * Math.sqrt(Math.max(0, 1 - across * across)) + features(x, y);
}

/** The hairline as seen from the front, from the left temple over the parting to the right. */
const hairline: readonly (readonly [number, number])[] = [
  [-81, -22], [-79.5, -4], [-76.5, 8], [-70, 18], [-58, 28], [-44, 31.5], [-29, 35], [-14, 40], [0, 46.5], [12, 54], [21, 62.5], [28, 72.5],
  [32, 63], [38, 54.5], [45, 47.5], [53, 41.5], [61, 36], [67, 29], [72, 20], [76, 8], [79, -6], [81, -22],
];
/** Behind the temples the hair rises over the ears and falls to the nape. */
const overEar = 8;
const nape = -58;

const linePolar = hairline.map(([x, y]) => {
  const half = y > 0 ? crown : chin;
  const across = Math.max(-1, Math.min(1, x / (halfWidth * girth(y))));
  return { around: Math.abs(x) > 80 ? Math.sign(x) * Math.PI / 2 : Math.asin(across), polar: Math.acos(y / half) };
});
export const partingAround = linePolar[11]?.around ?? 0.5;

/** The polar angle at which the hair ends. */
export function hairlineAt(around: number): number {
  const side = Math.abs(around);
  if (side > Math.PI / 2) {
    const back = (side - Math.PI / 2) / (Math.PI / 2);
    const y = -22 + (overEar + 22) * smooth(0, 0.1, back) + (nape - overEar) * smooth(0.22, 0.6, back);
    return Math.acos(y / (y > 0 ? crown : chin));
  }
  const next = Math.max(1, linePolar.findIndex((p) => p.around >= around));
  const [a, b] = [linePolar[next - 1], linePolar[next]];
  if (!a || !b) return Math.PI / 2;
  const share = Math.min(1, Math.max(0, (around - a.around) / (b.around - a.around || 1)));
  return a.polar + (b.polar - a.polar) * share;
}
