import type { VRMHumanoid } from '@pixiv/three-vrm';
import { Bone, Euler, Quaternion, Vector3, type Object3D } from 'three';

/** A side's part as tools write it, plain: `LeftArm`, `ArmLeft`, `L_Arm`, `arm.L`. */
const sided = (side: 'left' | 'right', ...parts: string[]) => parts.flatMap((part) => [`${side}${part}`, `${part}${side}`, `${side[0] ?? ''}${part}`, `${part}${side[0] ?? ''}`]);

/** The bones that a guide needs, by VRM's names; what other tools call them, plain and without their prefix. */
const bones = {
  head: ['head'],
  leftEye: sided('left', 'eye'),
  rightEye: sided('right', 'eye'),
  leftUpperArm: sided('left', 'arm', 'upperarm'),
  leftLowerArm: sided('left', 'forearm', 'lowerarm'),
  leftHand: sided('left', 'hand'),
  rightUpperArm: sided('right', 'arm', 'upperarm'),
  rightLowerArm: sided('right', 'forearm', 'lowerarm'),
  rightHand: sided('right', 'hand'),
} as const satisfies Record<string, readonly string[]>;

export type BoneName = keyof typeof bones;

const plainBone = (name: string) => name.toLowerCase().replace(/^(mixamorig\d*|bip0?01|def|cc_base|j_bip_c|j_bip)/, '').replace(/[^a-z0-9]/g, '');

/** Its name in the file: three.js gives the second of two that are called alike another one. */
const nameOf = ({ name, userData }: Object3D) => plainBone(typeof userData['name'] === 'string' ? userData['name'] : name);

/** The first of each name. A mesh may be called as the bone is that moves it (`Head`): the bone is meant. */
function namedParts(model: Object3D): Map<string, Object3D> {
  const named = new Map<string, Object3D>();
  model.traverse((part) => {
    const known = named.get(nameOf(part));
    if (!known || (part instanceof Bone && !(known instanceof Bone))) named.set(nameOf(part), part);
  });
  return named;
}

const [from, to] = [new Vector3(), new Vector3()];
const [turn, parent] = [new Quaternion(), new Quaternion()];
const angles = new Euler(0, 0, 0, 'YXZ');

/** A model's bones, turned by directions of the stage: how a tool laid out their axes does not matter. */
export class Skeleton {
  private readonly found = new Map<BoneName, { bone: Object3D; atRest: Quaternion }>();

  constructor(model: Object3D, humanoid?: VRMHumanoid) {
    const named = namedParts(model);
    for (const [name, others] of Object.entries(bones) as [BoneName, readonly string[]][]) {
      const bone = humanoid ? humanoid.getRawBoneNode(name) : others.map((other) => named.get(other)).find((part) => part !== undefined);
      if (bone) this.found.set(name, { bone, atRest: bone.quaternion.clone() });
    }
  }

  bone(name: BoneName): Object3D | undefined {
    return this.found.get(name)?.bone;
  }

  /** Turns a bone from its rest by angles in radians about the stage's axes. */
  turn(name: BoneName, pitch: number, yaw: number, roll: number): void {
    const found = this.found.get(name);
    if (found) this.apply(found, turn.setFromEuler(angles.set(pitch, yaw, roll)));
  }

  /** Turns a bone so that the next one lies in this direction from it. */
  aim(name: BoneName, next: BoneName, direction: Vector3): void {
    const [found, child] = [this.found.get(name), this.bone(next)];
    if (!found || !child) return;
    // From its rest each time: many small turns would twist it.
    found.bone.quaternion.copy(found.atRest);
    found.bone.updateWorldMatrix(true, true);
    found.bone.getWorldPosition(from);
    child.getWorldPosition(to).sub(from).normalize();
    this.apply(found, turn.setFromUnitVectors(to, direction));
  }

  private apply({ bone, atRest }: { bone: Object3D; atRest: Quaternion }, by: Quaternion): void {
    bone.parent?.getWorldQuaternion(parent);
    // The same turn, seen from the bone's parent.
    bone.quaternion.copy(parent).invert().multiply(by).multiply(parent).multiply(atRest);
    bone.updateWorldMatrix(false, true);
  }
}
