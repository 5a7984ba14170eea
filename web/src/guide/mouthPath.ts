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

export function mouthPaths({ jaw, wide, round, teeth, tongue }: MouthShape): MouthPaths {
  const half = 8.5 + 13 * wide - 1.6 * round;
  const open = 18.5 * jaw * (1 + 0.25 * round);
  const corner = -cornerUp * (1 - round) * Math.max(0.35, 1 - open / 14);
  // A rounded mouth opens both ways from its corners, a wide one downwards.
  const top = -open * 0.5 * round - 0.5 * (1 - round);
  const bottom = top + Math.max(open, 0.1) + (1 - round) * 1.2;
  // How the lips leave the corners: flat (a smile's bow) or upright (an o).
  const lift = round * 0.55;
  const upper = { x: half * (0.38 + 0.17 * round), y: corner + (top - corner) * (1 - lift) };
  const lowerY = corner + (bottom - corner) * (0.72 - 0.17 * round);
  const lowerX = half * (0.62 - 0.07 * round);
  const side = half * (1 - 0.06 * (1 - round));

  const lips = open < 0.9
    ? closed(half, wide, corner)
    : `M${n(-half)} ${n(corner)}`
      + ` C${n(-half)} ${n(corner + (top - corner) * lift)} ${n(-upper.x)} ${n(top)} 0 ${n(top)}`
      + ` C${n(upper.x)} ${n(top)} ${n(half)} ${n(corner + (top - corner) * lift)} ${n(half)} ${n(corner)}`
      + ` C${n(side)} ${n(lowerY)} ${n(lowerX)} ${n(bottom)} 0 ${n(bottom)}`
      + ` C${n(-lowerX)} ${n(bottom)} ${n(-side)} ${n(lowerY)} ${n(-half)} ${n(corner)}Z`;

  const bar = Math.min(5.5, open * 0.42) * Math.min(1, teeth * 1.4);
  return {
    lips,
    open: open >= 0.9,
    line: open < 0.9 ? 3.4 + (1 - Math.min(1, wide * 2)) * 3 : 3.2,
    teeth: { x: n(-half * 0.72), y: n(top - 1.5), width: n(half * 1.44), height: n(teeth < 0.05 ? 0 : bar + 1.5) },
    tongue: { y: n(bottom - open * 0.12 - tongue * open * 0.2), rx: n(half * 0.6), ry: n(tongue < 0.05 ? 0 : Math.max(1.5, open * 0.3)) },
  };
}

// Silence is a quiet smile; the narrower, the straighter: pressed lips.
function closed(half: number, wide: number, corner: number): string {
  const bow = Math.max(0.6, (wide - 0.33) * 36);
  const w = wide < 0.45 ? half : half + 4;
  return `M${n(-w)} ${n(corner)} C${n(-w * 0.45)} ${n(corner + bow)} ${n(w * 0.45)} ${n(corner + bow)} ${n(w)} ${n(corner)}`;
}
