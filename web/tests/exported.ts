import { GLTFExporter, type GLTFWriter } from 'three/examples/jsm/exporters/GLTFExporter.js';
import { muscles, person, vowels } from './lifelike';

/** The exporter reads its own blobs by the browser's reader, which Node has not. */
class Reader {
  result: ArrayBuffer | null = null;
  onloadend: (() => void) | null = null;
  readAsArrayBuffer(blob: Blob): void {
    void blob.arrayBuffer().then((bytes) => {
      this.result = bytes;
      this.onloadend?.();
    });
  }
}
if (!('FileReader' in globalThis)) Object.assign(globalThis, { FileReader: Reader });

/** What the exporter's types leave out. */
type Writer = GLTFWriter & { json: { materials: { name: string; extensions?: object }[]; extensions?: object }; nodeMap: Map<object, number> };

/** A person with ARKit's muscles, by three.js' own exporter. */
export const exportPerson = async (): Promise<ArrayBuffer> => (await new GLTFExporter().parseAsync(person(muscles).scene, { binary: true })) as ArrayBuffer;

/** The same as a VRM 1.0: expressions, hair on springs that rests on its back, cloth drawn as a cartoon's. */
export async function exportVrm(): Promise<ArrayBuffer> {
  const { scene, bones, face } = person(Object.fromEntries(Object.values(vowels)));
  const exporter = new GLTFExporter().register((plain) => {
    const writer = plain as Writer;
    const node = (name: string) => writer.nodeMap.get(bones.find((bone) => bone.name === name) ?? face);
    return { afterParse: () => {
      for (const name of ['VRMC_vrm', 'VRMC_springBone', 'VRMC_materials_mtoon']) writer.extensionsUsed[name] = true;
      for (const material of writer.json.materials.filter(({ name }) => name === 'Cloth')) material.extensions = { VRMC_materials_mtoon: { specVersion: '1.0', shadeColorFactor: [0.2, 0.33, 0.27], outlineWidthMode: 'worldCoordinates', outlineWidthFactor: 0.003 } };
      writer.json.extensions = { VRMC_vrm: vrm(node, writer.nodeMap.get(face)), VRMC_springBone: springs(node) };
    } };
  });
  return (await exporter.parseAsync(scene, { binary: true })) as ArrayBuffer;
}

const sides = (bone: string, name: string) => [[`left${bone}`, `Left${name}`], [`right${bone}`, `Right${name}`]] as const;
const humanBones = [['hips', 'Hips'], ['spine', 'Spine'], ['neck', 'Neck'], ['head', 'Head'], ...sides('Eye', 'Eye'), ...sides('UpperArm', 'Arm'), ...sides('LowerArm', 'ForeArm'), ...sides('Hand', 'Hand'), ...sides('UpperLeg', 'UpLeg'), ...sides('LowerLeg', 'Leg'), ...sides('Foot', 'Foot')] as const;

const vrm = (node: (name: string) => number | undefined, face: number | undefined) => ({
  specVersion: '1.0',
  meta: { name: 'A guide', authors: ['Museum'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
  humanoid: { humanBones: Object.fromEntries(humanBones.map(([bone, name]) => [bone, { node: node(name) }])) },
  expressions: { preset: Object.fromEntries(Object.keys(vowels).map((name, index) => [name, { morphTargetBinds: [{ node: face, index, weight: 1 }] }])) },
});

const springs = (node: (name: string) => number | undefined) => ({
  specVersion: '1.0',
  colliders: [{ node: node('Head'), shape: { sphere: { offset: [0, 9, 0], radius: 0.1 } } }],
  colliderGroups: [{ name: 'Head', colliders: [0] }],
  springs: [{ name: 'Hair', joints: ['Hair1', 'Hair2', 'Hair3'].map((name) => ({ node: node(name), hitRadius: 0.02, stiffness: 1.5, gravityPower: 0.05, dragForce: 0.4 })), colliderGroups: [0] }],
});
