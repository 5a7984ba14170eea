import { describe, expect, test } from 'vitest';
import { readModel } from '../src/avatar/model/loadModel';
import { faceOf, placeOf, say, stand } from './bearing';
import { glb } from './glb';

const oculus = ['viseme_sil', 'viseme_PP', 'viseme_FF', 'viseme_TH', 'viseme_DD', 'viseme_kk', 'viseme_CH', 'viseme_SS', 'viseme_nn', 'viseme_RR', 'viseme_aa', 'viseme_E', 'viseme_I', 'viseme_O', 'viseme_U'];
const arkit = ['eyeBlinkLeft', 'eyeBlinkRight', 'browInnerUp', 'jawOpen', 'mouthPressLeft', 'mouthPressRight', 'mouthRollLower', 'mouthUpperUpLeft', 'mouthUpperUpRight', 'mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthFunnel', 'mouthPucker', 'mouthStretchLeft', 'mouthStretchRight', 'mouthSmileLeft', 'mouthSmileRight', 'tongueOut'];
const vowels = { aa: 'Fcl_MTH_A', ih: 'Fcl_MTH_I', ou: 'Fcl_MTH_U', ee: 'Fcl_MTH_E', oh: 'Fcl_MTH_O', blink: 'Fcl_EYE_Close' };

describe('A museum’s own figure', () => {
  test.each([
    ['Oculus', glb({ shapes: oculus })],
    ['Oculus', glb({ shapes: oculus.map((name) => name.replace('viseme_', 'vrc.v_').toLowerCase()), person: true })],
    ['ARKit', glb({ shapes: arkit, person: true })],
    ['ARKit', glb({ shapes: arkit.map((name) => `Wolf3D_Head.${name.replace(/Left$/, '_L').replace(/Right$/, '_R')}`) })],
    ['VRM', glb({ shapes: Object.values(vowels), expressions: vowels, person: true })],
  ])('speaks %s: every vowel has a shape of its own, and silence none', async (dialect, file) => {
    const figure = await readModel(file);
    expect(figure.face.dialect).toBe(dialect);
    const seen = (['aa', 'E', 'ih', 'oh', 'ou'] as const).map((vowel) => JSON.stringify(say(figure, vowel)));
    expect(new Set(seen).size).toBe(5);
    expect(Object.entries(say(figure, 'sil')).filter(([name, value]) => !name.endsWith('sil') && value > 0)).toEqual([]);
    figure.dispose();
  });

  test('opens its jaw for an a and rounds its lips for a u, with ARKit’s muscles', async () => {
    const figure = await readModel(glb({ shapes: arkit, person: true }));
    const [a, u, m] = (['aa', 'ou', 'PP'] as const).map((viseme) => say(figure, viseme));
    expect(a?.['jawOpen']).toBeGreaterThan(0.5);
    expect(u?.['mouthPucker']).toBeGreaterThan(0.5);
    expect(u?.['jawOpen']).toBeLessThan(0.3);
    expect(m?.['jawOpen']).toBe(0);
    expect(m?.['mouthPressLeft']).toBe(m?.['mouthPressRight']);
  });

  test.each([[glb({ shapes: arkit }), 'eyeBlinkRight'], [glb({ shapes: Object.values(vowels), expressions: vowels, person: true }), 'Fcl_EYE_Close']])('blinks', async (file, lid) => {
    const figure = await readModel(file);
    figure.apply.eyes?.({ x: 0, y: 0, shut: [1, 1], brows: 0, worry: 0 });
    figure.live(0.016);
    expect(faceOf(figure)[lid]).toBeCloseTo(1);
  });

  test('looks about with the shapes of its eyes where these have no bones', async () => {
    const figure = await readModel(glb({ shapes: ['jawOpen', 'eyeLookInLeft', 'eyeLookInRight', 'eyeLookOutLeft', 'eyeLookOutRight', 'eyeLookUpLeft', 'eyeLookUpRight'] }));
    figure.apply.eyes?.({ x: 1, y: -1, shut: [0, 0], brows: 0, worry: 0 });
    const { eyeLookInLeft, eyeLookInRight, eyeLookOutLeft, eyeLookUpLeft } = faceOf(figure);
    expect(eyeLookOutLeft).toBeGreaterThan(0.5);
    expect(eyeLookInRight).toBe(eyeLookOutLeft);
    expect([eyeLookInLeft, eyeLookUpLeft]).toEqual([0, 0]);
  });

  test('has its face where the guide’s is, whatever its size', async () => {
    const figure = await readModel(glb({ shapes: arkit, person: true }));
    expect(placeOf(figure, 'Head').toArray().map((n) => Math.round(n) + 0)).toEqual([0, 300, 0]);
    expect(placeOf(figure, 'Hips').y).toBeLessThan(0);
  });

  test('lets its arms hang, and lifts the giving one when it gives', async () => {
    const figure = await readModel(glb({ shapes: arkit, person: true }));
    const shoulder = placeOf(figure, 'LeftArm').y;
    stand(figure, 'ready');
    const hanging = placeOf(figure, 'LeftHand').y;
    expect(hanging).toBeLessThan(shoulder - 100);
    stand(figure, 'thinking');
    expect(placeOf(figure, 'LeftHand').y).toBeGreaterThan(hanging + 100);
    expect(placeOf(figure, 'RightHand').y).toBeLessThan(shoulder - 100);
  });

  test.each([
    ['no mouth', glb({ shapes: ['smile', 'frown'] }), /no mouth that can speak.*there are smile, frown/],
    ['no shapes at all', glb({ shapes: [] }), /there are none at all/],
    ['another kind of file', new TextEncoder().encode('PK').buffer, /./],
  ])('is refused with the reason: %s', async (_, file, reason) => {
    await expect(readModel(file)).rejects.toThrow(reason);
  });
});
