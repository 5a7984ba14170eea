/** A disc drawn by winding in to its middle and out again on the other side, in one line: Fermat's spiral. Enters at its right, leaves at its left. */
interface Disc {
  x: number;
  y: number;
  radius: number;
  turns: number;
}

const n = (value: number) => value.toFixed(1);

function wound({ x, y, radius, turns }: Disc): string {
  const steps = Math.round(turns * 60);
  const points: string[] = [];
  for (let i = -steps; i <= steps; i++) {
    const part = Math.abs(i) / steps;
    const angle = part * turns * 2 * Math.PI;
    const r = radius * Math.sqrt(part) * (i < 0 ? 1 : -1);
    points.push(`${n(x + r * Math.cos(angle))} ${n(y + r * Math.sin(angle))}`);
  }
  return ` L${points.join(' L')}`;
}

/**
 * The ball draws a night sky over a village: the hall's best-known work in one line, on 1080 × 1920.
 * It begins at the ball and leaves the picture at its left.
 */
export function attractPath(): string {
  const [moon, small, great, star]: [Disc, Disc, Disc, Disc] = [
    { x: 928, y: 588, radius: 76, turns: 2 }, { x: 768, y: 566, radius: 32, turns: 1 }, { x: 556, y: 612, radius: 114, turns: 3 }, { x: 298, y: 628, radius: 72, turns: 2 },
  ];
  return [
    'M586 858 C736 798 1004 708 1004 588', wound(moon),
    'C852 468 800 504 800 566', wound(small),
    'C736 628 670 688 670 612', wound(great),
    'C442 536 370 544 370 628', wound(star),
    // A cypress and a spire, and away over the hills.
    'C226 712 196 724 184 648 C172 588 160 540 144 474 C134 540 164 574 138 652 C116 714 144 754 108 838 C90 894 104 940 66 1000 C46 1034 20 1050 -12 1050',
  ].join(' ');
}
