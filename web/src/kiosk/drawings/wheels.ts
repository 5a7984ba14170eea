import { fromBall, wound } from './line';

/** Wheels of bronze that drive one another: an ancient reckoner of the heavens. */
export const wheels = (): string => [
  fromBall,
  'C720 830 968 770 968 612', wound({ x: 816, y: 612, radius: 138, turns: 3, toothed: true }),
  'C664 560 620 560 606 620', wound({ x: 528, y: 640, radius: 80, turns: 2, toothed: true, down: true }),
  'C436 700 392 690 386 620', wound({ x: 318, y: 600, radius: 62, turns: 2, toothed: true }),
  'C240 500 150 520 150 620 C150 760 90 860 -12 880',
].join(' ');
