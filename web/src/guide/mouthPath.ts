import type { MouthShape } from './visemes';

/** A mouth as paths about its own middle, in the guide's units (head 162 wide). */
export interface MouthPaths {
  /** The lips' inner edge; a closed mouth is a line. */
  lips: string;
  open: boolean;
  /** Thickness of the lips' line. */
  line: number;
  teeth: { x: number; y: number; width: number; height: number };
  tongue: { y: number; rx: number; ry: number };
}

const n = (value: number) => Number(value.toFixed(2));
/** The corners stay up, so that even silence is friendly. */
const cornerUp = 3;

/** The measures that both drawings of the mouth share. */
export interface MouthOutline {
  half: number;
  /** How far the lips are apart. */
  open: number;
  corner: number;
  top: number;
  bottom: number;
  /** How the lips leave the corners: flat (a smile's bow) or upright (an o). */
  lift: number;
  upperX: number;
  lower: { x: number; y: number; side: number };
  /** Height of the row of teeth under the upper lip. */
  teeth: number;
  tongue: { y: number; rx: number; ry: number };
}

export function mouthOutline({ jaw, wide, round, teeth, tongue }: MouthShape): MouthOutline {
  const half = 8.5 + 13 * wide - 1.6 * round;
  const open = 18.5 * jaw * (1 + 0.25 * round);
  const corner = -cornerUp * (1 - round) * Math.max(0.35, 1 - open / 14);
  // A rounded mouth opens both ways from its corners, a wide one downwards.
  const top = -open * 0.5 * round - 0.5 * (1 - round);
  const bottom = top + Math.max(open, 0.1) + (1 - round) * 1.2;
  return {
    half, open, corner, top, bottom,
    lift: round * 0.55,
    upperX: half * (0.38 + 0.17 * round),
    lower: { x: half * (0.62 - 0.07 * round), y: corner + (bottom - corner) * (0.72 - 0.17 * round), side: half * (1 - 0.06 * (1 - round)) },
    teeth: teeth < 0.05 ? 0 : Math.min(5.5, open * 0.42) * Math.min(1, teeth * 1.4),
    tongue: { y: bottom - open * 0.12 - tongue * open * 0.2, rx: half * 0.6, ry: tongue < 0.05 ? 0 : Math.max(1.5, open * 0.3) },
  };
}

/** The line of closed lips: half its width and how deep it bows below its corners. The narrower, the straighter: pressed. */
export function closedLine(half: number, wide: number): { half: number; bow: number } {
  return { half: wide < 0.45 ? half : half + 4, bow: Math.max(0.6, (wide - 0.33) * 36) };
}

export function mouthPaths(shape: MouthShape): MouthPaths {
  const { half, open, corner, top, bottom, lift, upperX, lower, teeth, tongue } = mouthOutline(shape);
  const fromCorner = corner + (top - corner) * lift;

  const lips = open < 0.9
    ? closed(half, shape.wide, corner)
    : `M${n(-half)} ${n(corner)}`
      + ` C${n(-half)} ${n(fromCorner)} ${n(-upperX)} ${n(top)} 0 ${n(top)}`
      + ` C${n(upperX)} ${n(top)} ${n(half)} ${n(fromCorner)} ${n(half)} ${n(corner)}`
      + ` C${n(lower.side)} ${n(lower.y)} ${n(lower.x)} ${n(bottom)} 0 ${n(bottom)}`
      + ` C${n(-lower.x)} ${n(bottom)} ${n(-lower.side)} ${n(lower.y)} ${n(-half)} ${n(corner)}Z`;

  return {
    lips,
    open: open >= 0.9,
    line: open < 0.9 ? 3.4 + (1 - Math.min(1, shape.wide * 2)) * 3 : 3.2,
    teeth: { x: n(-half * 0.72), y: n(top - 1.5), width: n(half * 1.44), height: n(teeth === 0 ? 0 : teeth + 1.5) },
    tongue: { y: n(tongue.y), rx: n(tongue.rx), ry: n(tongue.ry) },
  };
}

function closed(half: number, wide: number, corner: number): string {
  const { half: w, bow } = closedLine(half, wide);
  return `M${n(-w)} ${n(corner)} C${n(-w * 0.45)} ${n(corner + bow)} ${n(w * 0.45)} ${n(corner + bow)} ${n(w)} ${n(corner)}`;
}
