import { describe, expect, test } from 'vitest';
import { Arms } from '../src/avatar/clew/arms';
import { ballGeometry } from '../src/avatar/clew/ball';
import { collarGeometry, robeGeometry } from '../src/avatar/clew/body';
import { hairGeometry } from '../src/avatar/clew/hair';
import { headGeometry } from '../src/avatar/clew/head';
import { Mouth } from '../src/avatar/clew/lips';
import { faceDepth, hairlineAt, partingAround } from '../src/avatar/clew/skull';
import { AnimationCache } from '../src/avatar/motion/AnimationCache';
import { DigitalHumanAnimator } from '../src/avatar/motion/DigitalHumanAnimator';
import { GuideMotion } from '../src/avatar/motion/GuideMotion';
import { IdleLife } from '../src/avatar/motion/idleLife';
import { rows, stances } from '../src/avatar/motion/stances';
import { AdaptiveResolution } from '../src/avatar/stage/resolution';
import { frame, frames } from '../src/avatar/stage/framing';
import { poseFor, restPose } from '../src/guide/poses';
import { visemes, type VisemeId } from '../src/guide/visemes';
import { MeshMatcapMaterial, PerspectiveCamera, Vector3, type BufferGeometry } from 'three';

const quiet = { viseme: 'sil' as VisemeId, weight: 1, loudness: 0, expression: 'neutral', action: 'none' };
const resting = { face: quiet, pose: restPose, playing: false, still: false };
const run = (motion: GuideMotion, seconds: number, moment: Parameters<GuideMotion['step']>[1]) => {
  let bearing = motion.step(0, moment);
  for (let at = 0; at < seconds; at += 1 / 60) bearing = motion.step(1 / 60, moment);
  return bearing;
};

describe('The animation cache', () => {
  test('works a movement out once for each length: sixty frames a second, three floats each', () => {
    const cache = new AnimationCache();
    const frames = cache.frames('nod', 0.51);
    expect(frames).toBeInstanceOf(Float32Array);
    expect(frames).toHaveLength(Math.ceil(0.51 * 60) * 3);
    expect(cache.frames('nod', 0.51)).toBe(frames);
    expect(cache.frames('nod', 0.6)).not.toBe(frames);
    expect(cache.size).toBe(2);
  });

  test('gives what lies between two frames, and stays at its last', () => {
    const cache = new AnimationCache();
    expect(cache.at('breath', 4, 1.99, 0)).toBeLessThan(cache.at('breath', 4, 2, 0) + 1e-3);
    expect(cache.at('bow', 1, 99, 0)).toBeCloseTo(0);
    expect(cache.at('blink', 0.14, 0.07, 0)).toBeGreaterThan(0.8);
  });
});

describe('The animator', () => {
  test('applies the last word about each part, each once, in one flush', () => {
    const applied: string[] = [];
    const animator = new DigitalHumanAnimator<{ head: string; mouth: string }>({ head: (d) => applied.push(`head ${d}`), mouth: (d) => applied.push(`mouth ${d}`) });
    animator.scheduleUpdate('head', 'left');
    animator.scheduleUpdate('mouth', 'open');
    animator.scheduleUpdate('head', 'right');
    expect(applied).toEqual([]);
    expect(animator.flush(1000)).toBe(true);
    expect(applied).toEqual(['head right', 'mouth open']);
    expect(animator.flush(1100)).toBe(true);
    expect(applied).toHaveLength(2);
  });

  test('flushes sixty times a second by the milliseconds of the frames, whatever the screen', () => {
    const flushes = (hertz: number) => {
      const animator = new DigitalHumanAnimator<{ head: number }>({ head: () => undefined });
      return Array.from({ length: hertz }, (_, i) => animator.flush((i * 1000) / hertz)).filter(Boolean).length;
    };
    expect(flushes(60)).toBe(60);
    expect(flushes(120)).toBe(60);
    expect(flushes(24)).toBe(24);
  });

  test('keeps what came too early for the next frame', () => {
    let turned = 0;
    const animator = new DigitalHumanAnimator<{ head: number }>({ head: (d) => { turned = d; } });
    animator.flush(1000);
    animator.scheduleUpdate('head', 7);
    expect(animator.flush(1004)).toBe(false);
    expect(turned).toBe(0);
    animator.flush(1017);
    expect(turned).toBe(7);
  });
});

describe('The guide in the round', () => {
  const triangles = (geometry: BufferGeometry) => (geometry.index?.count ?? 0) / 3;

  test('has faces enough and not too many', () => {
    const arms = new Arms(new MeshMatcapMaterial(), new MeshMatcapMaterial());
    const sum = [headGeometry(), hairGeometry(), ballGeometry(), robeGeometry(), collarGeometry(), arms.sleeves.geometry, arms.hands.geometry].reduce((all, part) => all + triangles(part), 0);
    expect(sum).toBeLessThan(13_000);
  });

  test('is whole: no part has a hole of numbers in it', () => {
    for (const part of [headGeometry(), hairGeometry(), ballGeometry(), robeGeometry(), collarGeometry()]) {
      for (const name of ['position', 'normal', 'color']) expect([...part.getAttribute(name).array].every(Number.isFinite)).toBe(true);
    }
  });

  test('wears its parting at its left, over an open forehead', () => {
    expect(partingAround).toBeGreaterThan(0);
    expect(hairlineAt(partingAround)).toBeLessThan(hairlineAt(-partingAround));
    expect(faceDepth(0, -24)).toBeGreaterThan(faceDepth(12, -24));
  });

  test('forms another mouth for every viseme, and closed lips meet', () => {
    const mouth = new Mouth(new MeshMatcapMaterial());
    const shapes = Object.values(visemes).map((shape) => {
      mouth.form(shape);
      return JSON.stringify([...mouth.inside.geometry.getAttribute('position').array].map((n) => Math.round(n * 10)));
    });
    expect(new Set(shapes).size).toBe(15);
    mouth.form(visemes.sil);
    mouth.inside.geometry.computeBoundingBox();
    const closed = mouth.inside.geometry.boundingBox?.getSize(new Vector3()).y ?? 9;
    mouth.form(visemes.aa);
    mouth.inside.geometry.computeBoundingBox();
    expect(mouth.inside.geometry.boundingBox?.getSize(new Vector3()).y).toBeGreaterThan(closed + 10);
  });

  test.each([[460, 744, 'whole'], [390, 212, 'bust'], [900, 300, 'bust']] as const)('stands in a stage of %i × %i where the drawn one stands', (width, height, name) => {
    const view = frames[name];
    const camera = new PerspectiveCamera();
    frame(camera, width, height, view);
    const hand = new Vector3(376 - 210, 566 - 352, 0).project(camera);
    const scale = Math.min(width / view.width, height / view.height);
    expect(((hand.x + 1) / 2) * width).toBeCloseTo(width / 2 + (376 - view.x - view.width / 2) * scale, 1);
    expect(((1 - hand.y) / 2) * height).toBeCloseTo(height / 2 + (352 - view.y - view.height / 2) * scale, 1);
  });
});

describe('Its bearing', () => {
  test.each([['speaking', 'give'], ['thinking', 'think'], ['listening', 'listen'], ['failed', 'wonder'], ['ready', 'rest']] as const)('while %s: %s', (state, name) => {
    const bearing = run(new GuideMotion(), 2, { ...resting, pose: poseFor(state, 'none') });
    stances[name].giving.at.forEach((wanted, i) => { expect(bearing.hands[i]).toBeCloseTo(wanted, 0); });
  });

  test('lets go within 150 ms when it is interrupted', () => {
    const motion = new GuideMotion();
    run(motion, 2, { ...resting, pose: poseFor('speaking', 'none'), playing: true });
    const bearing = run(motion, 0.15, { ...resting, pose: poseFor('ready', 'drop') });
    expect(bearing.hands[1]).toBeCloseTo(stances.yield.giving.at[1], -0.5);
  });

  test('points while its sentence asks for it', () => {
    const bearing = run(new GuideMotion(), 2, { ...resting, face: { ...quiet, action: 'point' }, pose: poseFor('speaking', 'none'), playing: true });
    expect(bearing.hands[rows.giving]).toBeCloseTo(stances.point.giving.at[0], 0);
  });

  test('moves mouth and lids only, where motion is not wanted', () => {
    const motion = new GuideMotion(new IdleLife(() => 0));
    const speaking = { face: { ...quiet, viseme: 'aa' as const, loudness: 1 }, pose: poseFor('speaking', 'none'), playing: true, still: true };
    const before = run(motion, 1, speaking);
    const hands = [...before.hands];
    let blinked = 0;
    for (let i = 0; i < 600; i++) {
      const now = motion.step(1 / 60, speaking);
      blinked = Math.max(blinked, now.eyes.shut[0]);
      expect([...now.hands]).toEqual(hands);
      expect(now.thread.breath).toBe(0);
    }
    expect(before.mouth.jaw).toBeGreaterThan(0.9);
    expect(blinked).toBeGreaterThan(0.7);
  });

  test('blinks 2.4 to 6 seconds apart, and looks at the exhibit’s name when nobody has spoken for long', () => {
    const idle = new IdleLife(() => 0.5);
    let blinks = 0;
    for (let i = 0, before = 0; i < 60 * 60; i++) {
      idle.live(1 / 60, false);
      if (idle.blink.seconds < before) blinks++;
      before = idle.blink.seconds;
    }
    expect(blinks).toBeGreaterThanOrEqual(60 / 6);
    expect(blinks).toBeLessThanOrEqual(60 / 2.4);
    expect(idle.glance).toEqual([-0.5, 0.8]);
    idle.live(1 / 60, true);
    expect(idle.glance).toEqual([0, 0]);
  });
});

describe('The resolution', () => {
  const draw = (resolution: AdaptiveResolution, ms: number, frames: number) => { for (let i = 0; i < frames; i++) resolution.drew(ms); };

  test('gets coarser while frames come late, and never below half a pixel', () => {
    const resolution = new AdaptiveResolution(1, 2);
    draw(resolution, 60, 12);
    expect(resolution.ratio).toBe(0.85);
    draw(resolution, 60, 24 * 20);
    expect(resolution.ratio).toBe(0.5);
  });

  test('goes to the coarsest at once where frames come far too late', () => {
    const resolution = new AdaptiveResolution(2, 2);
    draw(resolution, 150, 12);
    expect(resolution.ratio).toBe(0.5);
  });

  test('gets finer where there is time, up to the screen’s own', () => {
    const resolution = new AdaptiveResolution(1, 1.5);
    draw(resolution, 16.7, 24 * 40);
    expect(resolution.ratio).toBe(1.5);
  });

  test('says when even the coarsest picture comes too late', () => {
    const resolution = new AdaptiveResolution(1, 2);
    draw(resolution, 60, 24 * 4);
    expect(resolution.isBeaten).toBe(false);
    draw(resolution, 120, 24 * 4);
    expect(resolution.isBeaten).toBe(true);
    draw(resolution, 30, 24);
    expect(resolution.isBeaten).toBe(false);
  });

  test('takes a pause for no drawing', () => {
    const resolution = new AdaptiveResolution(1, 2);
    draw(resolution, 5000, 100);
    expect(resolution.ratio).toBe(1);
  });
});
