import { foam, fromBall } from './line';

/** The sea from the right, a mountain far off, and the wave that stands over it with its claws of foam. */
export const greatWave = (): string => [
  fromBall,
  'C720 856 1010 850 1010 772 C1010 728 940 748 896 746 C862 744 846 738 826 718 L746 634 L724 634 L640 722',
  'C600 764 548 800 470 802 C340 806 262 722 256 634 C252 566 300 528 356 540 C404 550 438 582 452 640',
  foam([[452, 640], [474, 600], [470, 556], [448, 516], [412, 488], [366, 472], [316, 470], [268, 482]], -20),
  'C196 502 132 566 96 660 C70 728 40 772 -12 784',
].join(' ');
