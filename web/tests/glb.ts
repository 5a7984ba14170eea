/** A bone or part of a model: where it is from its parent, in metres. */
interface Part { name: string; parent?: number; at: readonly [number, number, number]; mesh?: number }

export interface Model {
  /** Names of the face's morph targets. */
  shapes: readonly string[];
  /** A person with head and arms, in the pose of a T, as tools write them; else a face alone. */
  person?: boolean;
  /** Expressions of a VRM and which shape each moves. */
  expressions?: Readonly<Record<string, string>>;
}

const person: readonly Part[] = [
  { name: 'mixamorig:Hips', at: [0, 1, 0] },
  { name: 'mixamorig:Spine', parent: 0, at: [0, 0.2, 0] },
  { name: 'mixamorig:Head', parent: 1, at: [0, 0.3, 0] },
  ...([['Left', 1, 3], ['Right', -1, 6]] as const).flatMap(([side, out, first]) => [
    { name: `mixamorig:${side}Arm`, parent: 1, at: [0.18 * out, 0.2, 0] as const },
    { name: `mixamorig:${side}ForeArm`, parent: first, at: [0.28 * out, 0, 0] as const },
    { name: `mixamorig:${side}Hand`, parent: first + 1, at: [0.26 * out, 0, 0] as const },
  ]),
  ...([['Left', 1, 9], ['Right', -1, 12]] as const).flatMap(([side, out, first]) => [
    { name: `mixamorig:${side}UpLeg`, parent: 0, at: [0.1 * out, -0.1, 0] as const },
    { name: `mixamorig:${side}Leg`, parent: first, at: [0, -0.4, 0] as const },
    { name: `mixamorig:${side}Foot`, parent: first + 1, at: [0, -0.4, 0] as const },
  ]),
  { name: 'Face', parent: 2, at: [0, 0.1, 0], mesh: 0 },
  { name: 'Clothes', parent: 0, at: [0, -0.3, 0], mesh: 1 },
];
const humanBones = {
  hips: 0, spine: 1, head: 2, leftUpperArm: 3, leftLowerArm: 4, leftHand: 5, rightUpperArm: 6, rightLowerArm: 7, rightHand: 8,
  leftUpperLeg: 9, leftLowerLeg: 10, leftFoot: 11, rightUpperLeg: 12, rightLowerLeg: 13, rightFoot: 14,
};

const halves = [0.09, 0.12, 0.1] as const;
/** Eight corners of a box, and its twelve faces seen from outside. */
const box = (x: number, y: number, z: number) => Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [i & 1 ? x : -x, i & 2 ? y : -y, i & 4 ? z : -z]));
const faces = Uint16Array.from([4, 5, 7, 4, 7, 6, 1, 0, 2, 1, 2, 3, 5, 1, 3, 5, 3, 7, 0, 4, 6, 0, 6, 2, 6, 7, 3, 6, 3, 2, 0, 1, 5, 0, 5, 4]);

/** A GLB file as small as one can be: a box for a face, each of whose shapes pulls its lower front edge down by another length. */
export function glb({ shapes, person: isPerson = false, expressions }: Model): ArrayBuffer {
  const bytes: Uint8Array[] = [];
  const views: object[] = [];
  const accessors: object[] = [];
  let length = 0;
  const add = (data: Float32Array | Uint16Array): number => {
    const isIndex = data instanceof Uint16Array;
    views.push({ buffer: 0, byteOffset: length, byteLength: data.byteLength });
    const axis = (i: number, pick: (...of: number[]) => number) => pick(...Array.from(data).filter((_, at) => at % 3 === i));
    accessors.push(isIndex
      ? { bufferView: views.length - 1, componentType: 5123, count: data.length, type: 'SCALAR' }
      : { bufferView: views.length - 1, componentType: 5126, count: data.length / 3, type: 'VEC3', min: [0, 1, 2].map((i) => axis(i, Math.min)), max: [0, 1, 2].map((i) => axis(i, Math.max)) });
    bytes.push(new Uint8Array(data.buffer));
    length += data.byteLength;
    return accessors.length - 1;
  };
  const indices = add(faces);
  const pull = (by: number) => Float32Array.from({ length: 24 }, (_, i) => (i % 3 === 1 && (i === 13 || i === 16) ? -by : 0));
  const targets = shapes.map((_, i) => ({ POSITION: add(pull(0.02 + 0.002 * i)) }));
  const parts: readonly Part[] = isPerson ? person : [{ name: 'Face', at: [0, 0, 0], mesh: 0 }];
  const nodes = parts.map(({ name, at, mesh }, i) => {
    const children = parts.flatMap(({ parent }, child) => (parent === i ? [child] : []));
    return { name, translation: at, ...(mesh !== undefined && { mesh }), ...(children.length > 0 && { children }) };
  });
  const json = {
    asset: { version: '2.0' }, scene: 0, scenes: [{ nodes: [0] }], nodes, accessors, bufferViews: views, buffers: [{ byteLength: 0 }],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [0.8, 0.3, 0.2, 1], metallicFactor: 0 } }],
    meshes: [
      { primitives: [{ attributes: { POSITION: add(box(...halves)) }, indices, material: 0, targets }], extras: { targetNames: shapes } },
      { primitives: [{ attributes: { POSITION: add(box(0.2, 0.7, 0.12)) }, indices, material: 0 }] },
    ],
    ...(expressions && vrm(expressions, shapes)),
  };
  // Known only when the meshes are in.
  json.buffers = [{ byteLength: length }];
  return file(new TextEncoder().encode(JSON.stringify(json)), bytes, length);
}

const vrm = (expressions: Readonly<Record<string, string>>, shapes: readonly string[]) => ({
  extensionsUsed: ['VRMC_vrm'],
  extensions: {
    VRMC_vrm: {
      specVersion: '1.0',
      meta: { name: 'A guide', authors: ['Museum'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
      humanoid: { humanBones: Object.fromEntries(Object.entries(humanBones).map(([name, node]) => [name, { node }])) },
      expressions: { preset: Object.fromEntries(Object.entries(expressions).map(([name, shape]) => [name, { morphTargetBinds: [{ node: 15, index: shapes.indexOf(shape), weight: 1 }] }])) },
    },
  },
});

/** Header, a chunk of JSON padded with spaces, a chunk of bytes padded with zeros. */
function file(json: Uint8Array, parts: readonly Uint8Array[], length: number): ArrayBuffer {
  const whole = (n: number) => Math.ceil(n / 4) * 4;
  const binAt = 20 + whole(json.length);
  const bytes = new Uint8Array(binAt + 8 + whole(length));
  const view = new DataView(bytes.buffer);
  [0x46546c67, 2, bytes.length, whole(json.length), 0x4e4f534a].forEach((word, i) => { view.setUint32(i * 4, word, true); });
  bytes.fill(0x20, 20, binAt).set(json, 20);
  view.setUint32(binAt, whole(length), true);
  view.setUint32(binAt + 4, 0x004e4942, true);
  let at = binAt + 8;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}
