import { visemeIds } from '../../guide/visemes';
import type { Bearing } from '../motion/GuideMotion';
import { dialects, type Dialect } from './dialects';
import { plain, type Shapes } from './shapes';

const lidNames = { left: ['eyeBlinkLeft', 'blinkLeft', 'eyesClosed', 'blink'], right: ['eyeBlinkRight', 'blinkRight', 'eyesClosed', 'blink'] } as const;
/** Where a look goes by shapes, for a model whose eyes have no bones: VRM's names, and ARKit's for both eyes together. Left is its own. */
const gazeNames = {
  left: [['lookLeft'], ['eyeLookOutLeft', 'eyeLookInRight']],
  right: [['lookRight'], ['eyeLookOutRight', 'eyeLookInLeft']],
  up: [['lookUp'], ['eyeLookUpLeft', 'eyeLookUpRight']],
  down: [['lookDown'], ['eyeLookDownLeft', 'eyeLookDownRight']],
} as const;
/** Of a shape's whole way: further the whites would show. */
const gazeShare = 0.7;
/** Brows of our figure lifted so far, in its units, are ARKit's lifted all the way. */
const browsUp = 6;

interface Muscle {
  set: (value: number) => void;
  /** Its share of each viseme, in the order of `visemeIds`. */
  shares: Float32Array;
}

/** A model's face: the mouth in whichever dialect it speaks, lids and brows as far as it has them. */
export class ModelFace {
  readonly dialect: string;
  private readonly muscles: readonly Muscle[];
  private readonly lids: readonly [left: ((shut: number) => void) | undefined, right: ((shut: number) => void) | undefined];
  private readonly brows: ((up: number) => void) | undefined;
  private readonly gaze: { readonly [Way in keyof typeof gazeNames]: (share: number) => void };

  /** Throws where the model has no mouth that could speak: a guide that does not move its lips is worse than another figure. */
  constructor(shapes: Shapes) {
    const dialect = dialects.find(({ needs }) => needs.every((name) => shapes.has(plain(name))));
    if (!dialect) throw new Error(`it has no mouth that can speak: there must be shapes named as Oculus’ visemes (viseme_aa …), as ARKit’s (jawOpen …) or a VRM’s expressions (aa …), and there are ${listed(shapes)}`);
    this.dialect = dialect.name;
    this.muscles = musclesOf(dialect, shapes);
    this.lids = [firstOf(shapes, lidNames.left), firstOf(shapes, lidNames.right)];
    this.brows = firstOf(shapes, ['browInnerUp']);
    const { left, right, up, down } = gazeNames;
    this.gaze = { left: togetherOf(shapes, left), right: togetherOf(shapes, right), up: togetherOf(shapes, up), down: togetherOf(shapes, down) };
  }

  speak(formed: Bearing['visemes']): void {
    for (const { set, shares } of this.muscles) {
      let value = 0;
      for (let i = 0; i < shares.length; i++) value += (shares[i] ?? 0) * (formed[i] ?? 0);
      set(Math.min(1, value));
    }
  }

  look({ shut: [viewersLeft, viewersRight], brows }: Pick<Bearing['eyes'], 'shut' | 'brows'>): void {
    // It faces the viewer: its left is their right.
    this.lids[0]?.(viewersRight);
    this.lids[1]?.(viewersLeft);
    this.brows?.(Math.min(1, Math.max(0, brows / browsUp)));
  }

  /** Eyes without bones: x to the viewer's right, which is its left, y up, each from -1 to 1. */
  turnEyes({ x, y }: Pick<Bearing['eyes'], 'x' | 'y'>): void {
    this.gaze.left(share(x));
    this.gaze.right(share(-x));
    this.gaze.up(share(y));
    this.gaze.down(share(-y));
  }
}

const share = (way: number) => gazeShare * Math.min(1, Math.max(0, way));

function musclesOf({ mouth }: Dialect, shapes: Shapes): Muscle[] {
  const muscles = new Map<string, Muscle>();
  visemeIds.forEach((id, i) => {
    for (const [name, share] of Object.entries(mouth[id])) {
      // What has two sides moves both.
      for (const key of [name, `${name}Left`, `${name}Right`].map(plain)) {
        const set = shapes.get(key);
        if (!set) continue;
        const muscle = muscles.get(key) ?? { set, shares: new Float32Array(visemeIds.length) };
        muscle.shares[i] = share;
        muscles.set(key, muscle);
      }
    }
  });
  return [...muscles.values()];
}

const firstOf = (shapes: Shapes, names: readonly string[]) => names.map((name) => shapes.get(plain(name))).find((set) => set !== undefined);

/** All of the first convention that the model has something of. */
function togetherOf(shapes: Shapes, conventions: readonly (readonly string[])[]): (value: number) => void {
  const sets = conventions.map((names) => names.flatMap((name) => shapes.get(plain(name)) ?? [])).find((found) => found.length > 0) ?? [];
  return (value) => { for (const set of sets) set(value); };
}

function listed(shapes: Shapes): string {
  const most = 8;
  const names = [...shapes.keys()];
  return names.length === 0 ? 'none at all' : names.slice(0, most).join(', ') + (names.length > most ? ` and ${String(names.length - most)} more` : '');
}
