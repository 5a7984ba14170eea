import { fromBall, wound } from './line';

/** A thousand li of rivers and mountains: peak behind peak, a cloud between them, the sun, and a river away. */
export const mountains = (): string => [
  fromBall,
  'C740 846 1030 840 1030 770 C1030 742 1004 730 988 700 C966 660 950 606 928 606 C904 606 900 676 876 690 C852 702 842 640 822 590 C808 552 790 510 772 510 C748 510 746 590 724 628 C706 660 684 640 668 668',
  'C656 690 640 690 640 664', wound({ x: 608, y: 664, radius: 32, turns: 1 }),
  'C576 610 552 580 540 548 C526 512 512 492 496 492 C474 492 470 560 448 600 C432 630 410 620 398 588 C388 560 378 496 360 496',
  'C346 496 340 520 340 560', wound({ x: 288, y: 560, radius: 52, turns: 2, down: true }),
  'C236 640 214 700 190 700 C170 700 168 640 148 640 C124 640 118 720 96 760 C76 796 40 800 -12 806',
].join(' ');
