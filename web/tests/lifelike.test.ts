import { MToonMaterial } from '@pixiv/three-vrm';
import { Box3, Mesh, Vector3 } from 'three';
import { beforeAll, describe, expect, test } from 'vitest';
import { readModel } from '../src/avatar/model/loadModel';
import type { ModelFigure } from '../src/avatar/model/ModelFigure';
import { faceOf, facesOf, partOf, placeOf, say, stand } from './bearing';
import { exportPerson, exportVrm } from './exported';

const materialsOf = (figure: ModelFigure) => {
  const found = new Set<unknown>();
  figure.object.traverse((part) => { if (part instanceof Mesh) [part.material].flat().forEach((material) => found.add(material)); });
  return [...found];
};
const widthOf = (figure: ModelFigure, name: string) => new Box3().setFromObject(partOf(figure, name), true).getSize(new Vector3()).x;

describe('A person as modelling programs write one', () => {
  let file: ArrayBuffer;
  beforeAll(async () => { file = await exportPerson(); });

  test('is hung up by the bone of its head, though its face is called so too', async () => {
    const figure = await readModel(file);
    expect(placeOf(figure, 'Head').distanceTo(new Vector3(0, 300, 0))).toBeLessThan(1);
    const head = new Box3().setFromObject(figure.object, true);
    expect(head.max.y).toBeCloseTo(460, 0);
    figure.dispose();
  });

  test('moves every part of its face with the sounds, whatever they are made of', async () => {
    const figure = await readModel(file);
    expect(figure.face.dialect).toBe('ARKit');
    say(figure, 'aa');
    expect(facesOf(figure)).toHaveLength(4);
    for (const part of facesOf(figure)) expect(part['jawOpen']).toBeGreaterThan(0.5);
    say(figure, 'ou');
    expect(faceOf(figure)['mouthPucker']).toBeGreaterThan(0.5);
  });

  test('bends its skin with its bones: its arms hang, and the giving one is lifted', async () => {
    const figure = await readModel(file);
    const shoulder = placeOf(figure, 'LeftArm').y;
    const inT = widthOf(figure, 'Clothes');
    stand(figure, 'ready');
    figure.object.updateMatrixWorld(true);
    expect(widthOf(figure, 'Clothes')).toBeLessThan(inT * 0.7);
    const hanging = placeOf(figure, 'LeftHand').y;
    expect(hanging).toBeLessThan(shoulder - 100);
    stand(figure, 'thinking');
    expect(placeOf(figure, 'LeftHand').y).toBeGreaterThan(hanging + 100);
  });
});

describe('A VRM 1.0 as modelling programs write one', () => {
  let file: ArrayBuffer;
  beforeAll(async () => { file = await exportVrm(); });

  test('speaks and blinks by its expressions, with every part of its face', async () => {
    const figure = await readModel(file);
    expect(figure.face.dialect).toBe('VRM');
    say(figure, 'aa');
    for (const part of facesOf(figure)) expect(part).toMatchObject({ Fcl_MTH_A: expect.closeTo(1), Fcl_MTH_U: 0 });
    figure.apply.eyes?.({ x: 0, y: 0, shut: [1, 1], brows: 0, worry: 0 });
    figure.live(0.016);
    expect(faceOf(figure)['Fcl_EYE_Close']).toBeCloseTo(1);
    figure.dispose();
  });

  test('lets its hair swing with its head, and come to rest where it lies in the file', async () => {
    const figure = await readModel(file);
    const hair = partOf(figure, 'Hair1');
    const lies = hair.quaternion.clone();
    figure.apply.head?.([0.4, 0.4, 0]);
    figure.live(1 / 60);
    expect(hair.quaternion.angleTo(lies)).toBeGreaterThan(0.1);
    for (let i = 0; i < 120; i++) figure.live(1 / 60);
    expect(hair.quaternion.angleTo(lies)).toBeLessThan(0.08);
  });

  test('keeps its outlines as wide as they are on a person', async () => {
    const figure = await readModel(file);
    const unitsPerMetre = placeOf(figure, 'Head').distanceTo(placeOf(figure, 'Hips')) / 0.51;
    const outlines = materialsOf(figure).flatMap((material) => (material instanceof MToonMaterial ? [material.outlineWidthFactor] : []));
    expect(outlines).toEqual([expect.closeTo(0.003 * unitsPerMetre, 1), expect.closeTo(0.003 * unitsPerMetre, 1)]);
  });
});
