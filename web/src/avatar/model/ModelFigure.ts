import { VRMUtils, type VRM } from '@pixiv/three-vrm';
import { Color, DirectionalLight, Group, HemisphereLight, Vector3, type Object3D } from 'three';
import type { Figure } from '../figure';
import { rows, stances } from '../motion/stances';
import type { Theme } from '../stage/theme';
import { fitMetres } from './metres';
import { ModelFace } from './ModelFace';
import { portrait } from './portrait';
import { findShapes } from './shapes';
import { Skeleton } from './Skeleton';

/** A person's head and eyes turn less than the ceramic guide's, which has no neck to turn. */
const headShare = 0.8;
const gazeAngle = { x: 0.28, y: 0.18 };
/** Arms at its sides, and held before it as far as a hand is lifted; of the left arm, which is at the viewer's right. A person's do not reach out as the guide's: they would leave the picture. */
const hanging = { upper: new Vector3(0.14, -1, 0.02).normalize(), lower: new Vector3(0.04, -1, 0.2).normalize() };
const lifted = { upper: new Vector3(0.3, -0.85, 0.4).normalize(), lower: new Vector3(0.15, 0.75, 0.65).normalize() };
const highest = 292;
/** Where the page's thread is tied when the hand itself is out of sight: at the edge of the bust, or of the whole picture. */
const sight = { bust: 172, whole: -150, right: 215 };
const bothArms = [{ side: 'left', row: rows.giving, low: stances.rest.giving.at[1], out: 1 }, { side: 'right', row: rows.resting, low: stances.rest.resting.at[1], out: -1 }] as const;
const direction = new Vector3();

/** A museum's own figure, in the guide's place: a GLB with Oculus' or ARKit's shapes, or a VRM. */
export class ModelFigure implements Figure {
  readonly object = new Group();
  readonly hand = new Vector3(133, sight.bust, 64);
  readonly face: ModelFace;
  private readonly skeleton: Skeleton;
  private readonly placed: Group;
  private readonly homeY: number;
  private readonly sky = new HemisphereLight();
  private readonly key = new DirectionalLight();
  private readonly lifts = new Float32Array([-1, -1]);
  private bust = true;

  constructor(private readonly model: Object3D, private readonly vrm?: VRM) {
    this.face = new ModelFace(findShapes(model, vrm?.expressionManager));
    this.skeleton = new Skeleton(model, vrm?.humanoid);
    // Bones are turned as they are in the file; a VRM would lay its own pose over them.
    if (vrm) vrm.humanoid.autoUpdateHumanBones = false;
    this.placed = portrait(model, this.skeleton.bone('head'));
    this.homeY = this.placed.position.y;
    // What a face is bent to leaves its box: it is drawn, or the whole figure is not.
    model.traverse((part) => { part.frustumCulled = false; });
    this.object.add(this.placed, this.sky, this.key);
    if (vrm) fitMetres(vrm, this.placed.scale.x);
    vrm?.springBoneManager?.reset();
  }

  readonly apply: Figure['apply'] = {
    head: ([pitch, yaw, roll]) => { this.skeleton.turn('head', pitch * headShare, yaw * headShare, roll * headShare); },
    eyes: (eyes) => {
      this.face.look(eyes);
      if (!this.skeleton.bone('leftEye')) return this.face.turnEyes(eyes);
      for (const eye of ['leftEye', 'rightEye'] as const) this.skeleton.turn(eye, -eyes.y * gazeAngle.y, eyes.x * gazeAngle.x, 0);
    },
    visemes: (formed) => { this.face.speak(formed); },
    hands: (row) => { this.hold(row); },
    thread: ({ breath }) => { this.placed.position.y = this.homeY + 1.2 * breath; },
  };

  live(seconds: number): void {
    this.vrm?.update(seconds);
  }

  light({ dark }: Theme, mirrored: boolean): void {
    this.bust = mirrored;
    this.lifts.fill(-1);
    // From the upper left as seen, as everything in the house; in the dark a lit case.
    this.key.position.set(mirrored ? 1 : -1, 1.3, 1.6);
    this.key.color = new Color(dark ? '#FFE3C4' : '#FFF6EA');
    this.key.intensity = dark ? 1.9 : 2.3;
    this.sky.color = new Color(dark ? '#C9B9A4' : '#FFFFFF');
    this.sky.groundColor = new Color(dark ? '#3A3A36' : '#A9ADA3');
    this.sky.intensity = dark ? 1.1 : 1.6;
  }

  dispose(): void {
    VRMUtils.deepDispose(this.model);
    this.key.dispose();
    this.sky.dispose();
  }

  private hold(row: Float32Array): void {
    bothArms.forEach(({ side, row: at, low, out }, i) => {
      const lift = Math.min(1, Math.max(0, ((row[at + 1] ?? low) - low) / (highest - low)));
      if (Math.abs(lift - (this.lifts[i] ?? -1)) < 0.002) return;
      this.lifts[i] = lift;
      this.skeleton.aim(`${side}UpperArm`, `${side}LowerArm`, towards(hanging.upper, lifted.upper, lift, out));
      this.skeleton.aim(`${side}LowerArm`, `${side}Hand`, towards(hanging.lower, lifted.lower, lift, out));
      if (side === 'left') this.tie();
    });
  }

  private tie(): void {
    const hand = this.skeleton.bone('leftHand');
    if (!hand) return;
    hand.getWorldPosition(this.hand);
    this.hand.set(Math.min(this.hand.x, sight.right), Math.max(this.hand.y, this.bust ? sight.bust : sight.whole), this.hand.z);
  }
}

const towards = (from: Vector3, to: Vector3, share: number, out: number) => {
  direction.lerpVectors(from, to, share).normalize();
  return direction.setX(direction.x * out);
};
