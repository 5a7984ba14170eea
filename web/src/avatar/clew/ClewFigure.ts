import { Group, Mesh, Vector3, type MeshMatcapMaterial } from 'three';
import type { Figure } from '../figure';
import type { Bearing } from '../motion/GuideMotion';
import { rows } from '../motion/stances';
import type { Theme } from '../stage/theme';
import { Arms, type HandNow } from './arms';
import { ballGeometry, windingTexture } from './ball';
import { collarGeometry, neckY, robeGeometry, robeTexture } from './body';
import { Eyes } from './eyes';
import * as glaze from './glazes';
import { hairGeometry } from './hair';
import { headGeometry } from './head';
import { Mouth } from './lips';
import { Setting } from './setting';
import { Thread } from './thread';

/** From the neck's joint to the head's middle. */
const headLift = 96;
const ballAt = new Vector3(14, 222, -4);
const dayLamp: glaze.Lamp = { warm: false, mirrored: false };

/** Clew: a ceramic figure with a ball of thread, modelled here and nowhere else (look.md §6). */
export class ClewFigure implements Figure {
  readonly object = new Group();
  readonly hand = new Vector3(133, 170, 64);
  private mirrored = false;
  private readonly glazes = {
    skin: glaze.fired(glaze.bisque, dayLamp), hair: glaze.fired(glaze.tenmoku, dayLamp), ball: glaze.fired(glaze.cinnabar, dayLamp), robe: glaze.fired(glaze.celadon, dayLamp),
    collar: glaze.fired(glaze.collarBisque, dayLamp), lips: glaze.fired(glaze.lipGlaze, dayLamp), eyes: glaze.fired(glaze.eyeGlaze, dayLamp),
  } satisfies Record<string, MeshMatcapMaterial>;
  private readonly neck = new Group();
  private readonly face = new Group();
  private readonly head = new Mesh(headGeometry(), this.glazes.skin);
  private readonly ball = new Mesh(ballGeometry(), this.glazes.ball);
  private readonly eyes = new Eyes(this.glazes.eyes, this.glazes.skin, this.glazes.hair, () => this.mirrored);
  private readonly mouth = new Mouth(this.glazes.lips);
  private readonly robe: MeshMatcapMaterial;
  private readonly body: Mesh;
  private readonly collar = new Mesh(collarGeometry(), this.glazes.collar);
  private readonly arms = new Arms(this.glazes.robe, this.glazes.skin);
  private readonly thread = new Thread();
  private readonly setting = new Setting();
  private readonly threadFrom = new Vector3();
  /** What was drawn last: lips and arms that rest are not worked out again. */
  private readonly lastMouth = new Float32Array(5).fill(NaN);
  private readonly lastHands = new Float32Array(rows.head).fill(NaN);
  private readonly held: readonly [HandNow, HandNow] = [hold(), hold()];

  constructor() {
    this.glazes.ball.map = windingTexture();
    this.robe = glaze.fired(glaze.celadon, dayLamp);
    this.robe.map = robeTexture();
    this.body = new Mesh(robeGeometry(), this.robe);
    this.neck.position.set(0, neckY, 6);
    this.face.position.set(0, headLift, 0);
    this.ball.position.copy(ballAt);
    this.ball.rotation.set(0.3, 0.4, 0.2);
    this.face.add(this.head, new Mesh(hairGeometry(), this.glazes.hair), ...this.eyes.meshes, this.mouth.inside, this.mouth.lips);
    this.neck.add(this.face, this.ball);
    this.object.add(this.setting.wall, this.setting.plinth, this.setting.foot, this.body, this.collar, this.neck, this.arms.sleeves, this.arms.hands, this.thread.mesh);
  }

  readonly apply: Figure['apply'] = {
    head: ([pitch, yaw, roll]) => this.neck.rotation.set(pitch, yaw, roll, 'YXZ'),
    eyes: (gaze) => { this.eyes.look(gaze); },
    mouth: (shape) => {
      const { jaw, wide, round, teeth, tongue } = shape;
      if (!isMoved(this.lastMouth, [jaw, wide, round, teeth, tongue], 0.001)) return;
      this.mouth.form(shape);
      (this.head.morphTargetInfluences ?? [])[0] = jaw;
    },
    hands: (row) => {
      if (!isMoved(this.lastHands, row, 0.01)) return;
      read(row, rows.giving, this.held[0]);
      read(row, rows.resting, this.held[1]);
      this.arms.hold(...this.held);
      this.hand.copy(this.held[0].at);
    },
    thread: ({ sway, turn, breath }: Bearing['thread']) => {
      // The clay breathes: half a percent, from the hem up.
      this.body.scale.set(1 + 0.003 * breath, 1 + 0.004 * breath, 1 + 0.006 * breath);
      this.collar.position.y = 1.1 * breath;
      this.neck.position.y = neckY + 1.3 * breath;
      this.ball.rotation.y = 0.4 + turn;
      this.neck.updateMatrixWorld();
      this.thread.hang(this.threadFrom.set(ballAt.x + 30, ballAt.y + 24, ballAt.z + 8).applyMatrix4(this.neck.matrix), this.hand, sway);
    },
  };

  light(theme: Theme, mirrored: boolean): void {
    this.mirrored = mirrored;
    const lamp = { warm: theme.dark, mirrored };
    for (const material of [...Object.values(this.glazes), this.robe]) glaze.relight(material, lamp);
    this.thread.material.color.copy(theme.thread);
    this.setting.colour(theme, mirrored);
    this.setting.plinth.visible = this.setting.foot.visible = !mirrored;
  }

  dispose(): void {
    for (const material of [...Object.values(this.glazes), this.robe]) {
      material.map?.dispose();
      material.matcap?.dispose();
      material.dispose();
    }
    for (const part of [this.eyes, this.mouth, this.arms, this.thread, this.setting]) part.dispose();
    this.object.traverse((part) => { if (part instanceof Mesh) part.geometry.dispose(); });
  }
}

const hold = (): HandNow => ({ at: new Vector3(), fingers: new Vector3(), thumb: new Vector3() });

/** Whether one would see the difference; if so, it is what was drawn last. */
function isMoved(last: Float32Array, now: ArrayLike<number>, tolerance: number): boolean {
  const isSame = last.every((value, i) => Math.abs(value - (now[i] ?? 0)) < tolerance);
  if (!isSame) last.set(now);
  return !isSame;
}

function read(row: Float32Array, from: number, into: HandNow): void {
  into.at.fromArray(row, from);
  into.fingers.fromArray(row, from + 3);
  into.thumb.fromArray(row, from + 6);
}
