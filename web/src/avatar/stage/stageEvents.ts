import type { Moment } from '../motion/GuideMotion';

export interface StageEvents {
  /** What the guide does now. Read once a frame. */
  moment(): Moment;
  /** Before the picture is shown: where the giving hand is, in pixels of the canvas. */
  drawn(hand: { x: number; y: number }, moment: Moment): void;
  lost(): void;
  /** This machine draws too slowly, however coarsely: nothing is drawn any more. */
  beaten(): void;
  /** A frame failed, so nothing is drawn any more. */
  failed(reason: unknown): void;
}

export interface StageSetting {
  /** Shows the whole guide on its plinth, else the bust of a mirrored stage. */
  whole: boolean;
  /** Drawn by the processor, which has other work too. */
  software: boolean;
}
