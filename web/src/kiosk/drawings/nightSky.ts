import { fromBall, wound } from './line';

/** A night sky over a village, a cypress and a spire, and away over the hills. */
export const nightSky = (): string => [
  fromBall,
  'C736 798 1004 708 1004 588', wound({ x: 928, y: 588, radius: 76, turns: 2 }),
  'C852 468 800 504 800 566', wound({ x: 768, y: 566, radius: 32, turns: 1, down: true }),
  'C736 628 670 688 670 612', wound({ x: 556, y: 612, radius: 114, turns: 3 }),
  'C442 536 370 544 370 628', wound({ x: 298, y: 628, radius: 72, turns: 2, down: true }),
  'C226 712 196 724 184 648 C172 588 160 540 144 474 C134 540 164 574 138 652 C116 714 144 754 108 838 C90 894 104 940 66 1000 C46 1034 20 1050 -12 1050',
].join(' ');
