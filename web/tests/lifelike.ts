import {
  Bone, BufferAttribute, BufferGeometry, CapsuleGeometry, ConeGeometry, Float32BufferAttribute, Group, Line3, Mesh, MeshStandardMaterial, Object3D, Quaternion, Skeleton, SkinnedMesh,
  SphereGeometry, TorusGeometry, Uint16BufferAttribute, Vector3,
} from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';

type Triple = readonly [number, number, number];

const bothSides = (name: string, parent: string, [x, y, z]: Triple, own = parent.startsWith('*')) =>
  ([['Left', 1], ['Right', -1]] as const).map(([side, out]) => [side + name, own ? side + parent.slice(1) : parent, [x * out, y, z] as Triple] as const);

/** The joints of a person in a T, in metres, and what each hangs on. */
const joints = [
  ['Hips', '', [0, 1, 0]], ['Spine', 'Hips', [0, 1.18, 0]], ['Neck', 'Spine', [0, 1.44, 0]], ['Head', 'Neck', [0, 1.51, 0.01]],
  ['Hair1', 'Head', [0, 1.68, -0.1]], ['Hair2', 'Hair1', [0, 1.56, -0.15]], ['Hair3', 'Hair2', [0, 1.44, -0.16]],
  ...bothSides('Eye', 'Head', [0.035, 1.62, 0.102]),
  ...bothSides('Arm', 'Spine', [0.16, 1.4, 0]), ...bothSides('ForeArm', '*Arm', [0.43, 1.4, 0]), ...bothSides('Hand', '*ForeArm', [0.67, 1.4, 0]),
  ...bothSides('UpLeg', 'Hips', [0.1, 0.95, 0]), ...bothSides('Leg', '*UpLeg', [0.1, 0.5, 0]), ...bothSides('Foot', '*Leg', [0.1, 0.08, 0]),
] as const satisfies readonly (readonly [string, string, Triple])[];

const up = new Vector3(0, 1, 0);
const placeOf = (name: string) => new Vector3(...(joints.find(([joint]) => joint === name)?.[2] ?? [0, 0, 0]));
const childOf = (name: string) => joints.find(([, parent]) => parent === name)?.[0];

/** What a shape does to a point of the face, in metres from the head's middle. */
type Shape = (point: Vector3, part: 'skin' | 'lips' | 'lids' | 'brows') => Triple;
const onLips = (shape: (p: Vector3) => Triple): Shape => (p, part) => (part === 'lips' ? shape(p) : [0, 0, 0]);
const jaw: Shape = (p, part) => (part === 'lips' && p.y < -0.055 ? [0, -0.03, 0] : part === 'skin' && p.y < -0.06 && p.z > 0 ? [0, -0.025, 0] : [0, 0, 0]);
const blink: Shape = (_, part) => (part === 'lids' ? [0, -0.026, 0.004] : [0, 0, 0]);
const sidewise = (by: number) => onLips((p) => [p.x * by, 0, 0]);

export const muscles: Readonly<Record<string, Shape>> = {
  eyeBlinkLeft: (p, part) => (p.x > 0 ? blink(p, part) : [0, 0, 0]),
  eyeBlinkRight: (p, part) => (p.x < 0 ? blink(p, part) : [0, 0, 0]),
  browInnerUp: (_, part) => (part === 'brows' ? [0, 0.012, 0] : [0, 0, 0]),
  jawOpen: jaw,
  mouthFunnel: onLips((p) => [p.x * -0.45, p.y < -0.055 ? -0.008 : 0.008, 0.01]),
  mouthPucker: onLips((p) => [p.x * -0.6, 0, 0.014]),
  mouthStretchLeft: sidewise(0.2), mouthStretchRight: sidewise(0.2), mouthSmileLeft: sidewise(0.15), mouthSmileRight: sidewise(0.15),
};

const vowel = (open: number, wide: number): Shape => (p, part) => {
  const [x, y, z] = jaw(p, part);
  return [part === 'lips' ? p.x * wide : x * open, y * open, z * open];
};
/** The same face by a VRM's expressions: how the shapes are called in the file, and what they do. */
export const vowels = { aa: ['Fcl_MTH_A', vowel(1, 0)], ih: ['Fcl_MTH_I', vowel(0.25, 0.3)], ou: ['Fcl_MTH_U', vowel(0.2, -0.6)], ee: ['Fcl_MTH_E', vowel(0.5, 0.2)], oh: ['Fcl_MTH_O', vowel(0.7, -0.45)], blink: ['Fcl_EYE_Close', blink] } as const satisfies Record<string, readonly [string, Shape]>;

/** Bones as modelling programs lay them: in centimetres under an armature that lies on its back, each with its length along its own y. */
function rig(): { armature: Object3D; bones: Bone[] } {
  const armature = Object.assign(new Object3D(), { name: 'Armature' });
  armature.rotation.x = Math.PI / 2;
  armature.scale.setScalar(0.01);
  const bones = new Map<string, Bone>();
  for (const [name, parent] of joints) {
    const bone = Object.assign(new Bone(), { name });
    const on = bones.get(parent) ?? armature;
    on.add(bone);
    on.updateWorldMatrix(true, false);
    bone.position.copy(on.worldToLocal(placeOf(name)));
    const next = childOf(name);
    const along = next ? placeOf(next).sub(placeOf(name)).normalize() : up;
    bone.quaternion.copy(on.getWorldQuaternion(new Quaternion()).invert()).multiply(new Quaternion().setFromUnitVectors(up, along));
    bones.set(name, bone);
  }
  armature.updateWorldMatrix(true, true);
  return { armature, bones: [...bones.values()] };
}

const material = (name: string, color: string) => new MeshStandardMaterial({ name, color, metalness: 0, roughness: 0.7 });
const at = (geometry: BufferGeometry, x: number, y: number, z: number) => geometry.toNonIndexed().translate(x, y, z);
function limb(from: Vector3, to: Vector3, radius: number): BufferGeometry {
  const capsule = new CapsuleGeometry(radius, from.distanceTo(to), 6, 12).toNonIndexed();
  capsule.applyQuaternion(new Quaternion().setFromUnitVectors(up, to.clone().sub(from).normalize()));
  return capsule.translate(...from.clone().lerp(to, 0.5).toArray());
}

/** Each point goes with the two bones that are nearest to it, the nearer the more. */
function skin(geometry: BufferGeometry, names: readonly string[]): BufferGeometry {
  const lines = names.map((name) => [joints.findIndex(([joint]) => joint === name), new Line3(placeOf(name), placeOf(childOf(name) ?? name).add(childOf(name) ? new Vector3() : up.clone().multiplyScalar(0.05)))] as const);
  const positions = geometry.getAttribute('position');
  const [index, weight]: [number[], number[]] = [[], []];
  const [point, nearest] = [new Vector3(), new Vector3()];
  for (let i = 0; i < positions.count; i++) {
    point.fromBufferAttribute(positions, i);
    const [first, second = first] = lines.map(([bone, line]) => ({ bone, away: line.closestPointToPoint(point, true, nearest).distanceTo(point) })).map(({ bone, away }) => ({ bone, share: Math.max(away, 1e-3) ** -4 })).sort((a, b) => b.share - a.share);
    const sum = (first?.share ?? 1) + (second === first ? 0 : second?.share ?? 0);
    index.push(first?.bone ?? 0, second?.bone ?? 0, 0, 0);
    weight.push((first?.share ?? 1) / sum, second === first ? 0 : (second?.share ?? 0) / sum, 0, 0);
  }
  return geometry.setAttribute('skinIndex', new Uint16BufferAttribute(index, 4)).setAttribute('skinWeight', new Float32BufferAttribute(weight, 4));
}

/** A head whose lips, lids and skin are of several materials: one mesh, several primitives, each with all shapes. */
function head(shapes: Readonly<Record<string, Shape>>): Mesh<BufferGeometry> {
  const middle: Triple = [0, 1.6, 0.01];
  const parts = [
    ['skin', new SphereGeometry(0.115, 28, 22).scale(0.84, 1.12, 0.95).toNonIndexed()],
    ['lips', at(new TorusGeometry(0.022, 0.007, 8, 20).scale(1.2, 0.35, 1), 0, -0.055, 0.098)],
    ['lids', mergeGeometries([1, -1].map((side) => at(new SphereGeometry(0.021, 12, 8, 0, Math.PI * 2, 0, Math.PI / 2).scale(1, 0.5, 1), 0.035 * side, 0.04, 0.094)))],
    ['brows', mergeGeometries([1, -1].map((side) => at(new CapsuleGeometry(0.004, 0.03, 3, 6).rotateZ(Math.PI / 2), 0.037 * side, 0.07, 0.098)))],
  ] as const satisfies readonly (readonly ['skin' | 'lips' | 'lids' | 'brows', BufferGeometry])[];
  const point = new Vector3();
  const whole = mergeGeometries(parts.map(([, part]) => part), true);
  whole.morphAttributes['position'] = Object.entries(shapes).map(([name, shape]) => {
    const moved = parts.flatMap(([part, { attributes: { position } }]) => Array.from({ length: position?.count ?? 0 }, (_, i) => shape(point.fromBufferAttribute(position as BufferAttribute, i), part)).flat());
    return Object.assign(new Float32BufferAttribute(moved, 3), { name });
  });
  whole.morphTargetsRelative = true;
  const bare = new SkinnedMesh(skin(whole.translate(...middle), ['Head']), [material('Skin', '#E3B798'), material('Lips', '#B0564B'), material('Skin', '#D9A98A'), material('Hair', '#3A2B24')] as never);
  return Object.assign(bare, { name: 'Head' });
}

/** A person as modelling programs export one: skinned, of several materials, whose head is called as its bone is. */
export function person(shapes: Readonly<Record<string, Shape>>): { scene: Group; bones: readonly Bone[]; face: Object3D } {
  const { armature, bones } = rig();
  const [arms, body] = [['LeftArm', 'LeftForeArm', 'RightArm', 'RightForeArm'], ['Hips', 'Spine', 'Neck']];
  const cloth = mergeGeometries([
    limb(placeOf('Hips'), placeOf('Neck').add(new Vector3(0, -0.1, 0)), 0.14),
    at(new ConeGeometry(0.3, 0.95, 20), 0, 0.55, 0),
    ...arms.map((name) => limb(placeOf(name), placeOf(childOf(name) ?? ''), 0.05)),
  ]);
  const hands = mergeGeometries([...[0.72, -0.72].map((x) => at(new SphereGeometry(0.05, 12, 10), x, 1.4, 0)), limb(placeOf('Neck'), placeOf('Head'), 0.045)]);
  const hair = mergeGeometries([at(new SphereGeometry(0.118, 24, 14, 0, Math.PI * 2, 0, Math.PI / 2), 0, 1.63, -0.012), limb(placeOf('Hair1'), placeOf('Hair3'), 0.035)]);
  const skeleton = new Skeleton(bones);
  const face = head(shapes);
  const dressed = [
    Object.assign(new SkinnedMesh(skin(cloth, [...arms, ...body]), material('Cloth', '#557D6C')), { name: 'Clothes' }),
    Object.assign(new SkinnedMesh(skin(hands, ['LeftHand', 'RightHand', 'Neck']), material('Skin', '#E3B798')), { name: 'Body' }),
    Object.assign(new SkinnedMesh(skin(hair, ['Head', 'Hair1', 'Hair2']), material('Hair', '#3A2B24')), { name: 'Hair' }),
    face as SkinnedMesh,
  ];
  // Meshes before the bones, as Blender writes them.
  const scene = new Group().add(...dressed, armature);
  for (const mesh of dressed) mesh.bind(skeleton, mesh.matrixWorld);
  for (const side of ['LeftEye', 'RightEye']) {
    const eye = new Mesh(new SphereGeometry(0.02, 16, 12), material('Eyes', '#F6F2EC')).add(new Mesh(new SphereGeometry(0.011, 12, 10).translate(0, 0, 0.0115), material('Iris', '#2B2019')));
    eye.position.copy(placeOf(side));
    bones.find(({ name }) => name === side)?.attach(eye);
  }
  return { scene, bones, face };
}
