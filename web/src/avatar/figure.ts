import type { Object3D, Vector3 } from 'three';
import type { Bearing } from './motion/GuideMotion';
import type { Theme } from './stage/theme';

/** Something on the stage that can bear itself as the guide does: our own figure, or a museum's model. */
export interface Figure {
  readonly object: Object3D;
  /** What each part does with its share of the bearing; what a figure has no part for is left out. */
  readonly apply: { [Part in keyof Bearing]?: (data: Bearing[Part]) => void };
  /** Before every flush: what moves by itself, as hair and cloth. */
  live?(seconds: number): void;
  /** Where the giving hand holds the thread, in the stage's units. */
  readonly hand: Vector3;
  /** The page's colours, and whether the stage is mirrored by its style. */
  light(theme: Theme, mirrored: boolean): void;
  dispose(): void;
}
