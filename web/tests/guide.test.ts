import { effectScope, nextTick, ref } from 'vue';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ConversationState } from '../src/conversation/state';
import { secondsBetween } from '../src/guide/frameTime';
import { createFaceTracks } from '../src/guide/faceTracks';
import { approach, isAtRest, targetShape } from '../src/guide/mouthMotion';
import { mouthPaths } from '../src/guide/mouthPath';
import { approachPose, isReached, poseFor, restPose, withBearing, withGesture } from '../src/guide/poses';
import { useManners } from '../src/guide/useManners';
import { visemes, type VisemeId } from '../src/guide/visemes';

const ids = Object.keys(visemes) as VisemeId[];

describe('The mouth', () => {
  test('looks different for every viseme of the fifteen', () => {
    expect(ids).toHaveLength(15);
    expect(new Set(ids.map((id) => JSON.stringify(mouthPaths(visemes[id])))).size).toBe(15);
  });

  test('is closed in silence and for pressed lips, and open for every vowel', () => {
    expect(ids.filter((id) => !mouthPaths(visemes[id]).open)).toEqual(['sil', 'PP']);
  });

  test('takes its shape within 60 ms and leaves it within 90, and never snaps', () => {
    const open = targetShape({ viseme: 'aa', weight: 1, loudness: 1 });
    const afterOneFrame = approach(visemes.sil, open, 1 / 60);
    expect(afterOneFrame.jaw).toBeGreaterThan(0.2);
    expect(afterOneFrame.jaw).toBeLessThan(0.8);
    expect(approach(visemes.sil, open, 0.06).jaw).toBeGreaterThan(0.94);
    expect(approach(open, visemes.sil, 0.06).jaw).toBeGreaterThan(0.08);
    expect(approach(open, visemes.sil, 0.09).jaw).toBeLessThan(0.06);
  });

  test('moves the same whatever the frame rate', () => {
    const open = targetShape({ viseme: 'oh', weight: 1, loudness: 1 });
    let shape = approach(visemes.sil, open, 0.01);
    shape = approach(shape, open, 0.01);
    expect(shape.jaw).toBeCloseTo(approach(visemes.sil, open, 0.02).jaw);
  });

  test('opens less for a quieter voice', () => {
    const jaw = (loudness: number) => targetShape({ viseme: 'aa', weight: 1, loudness }).jaw;
    expect(jaw(0)).toBeGreaterThan(0.3);
    expect(jaw(0)).toBeLessThan(jaw(0.3));
    expect(jaw(1)).toBe(1);
  });

  test('comes to rest', () => {
    expect(isAtRest(visemes.sil)).toBe(true);
    expect(isAtRest(approach(visemes.aa, visemes.sil, 1))).toBe(true);
  });
});

describe('The face', () => {
  const heard = (ms: number, loudness = 0.5) => ({ turnId: 1, sequence: 0, ms, loudness });
  const track = { turn_id: 1, sequence: 0, start_ms: 0, expression: 'neutral', action: 'point', visemes: [{ t_ms: 200, id: 'oh', weight: 0.8 }, { t_ms: 100, id: 'PP', weight: 1 }, { t_ms: 300, id: 'whistle', weight: 1 }] };

  test('forms what is heard at this moment', () => {
    const faces = createFaceTracks();
    faces.add(track);
    expect(faces.at(heard(50)).viseme).toBe('sil');
    expect(faces.at(heard(150)).viseme).toBe('PP');
    expect(faces.at(heard(250))).toMatchObject({ viseme: 'oh', weight: 0.8, action: 'point' });
  });

  test('closes for a viseme that it does not know, and in silence', () => {
    const faces = createFaceTracks();
    faces.add(track);
    expect(faces.at(heard(350)).viseme).toBe('sil');
    expect(faces.at(null).viseme).toBe('sil');
  });

  test('follows the loudness alone while its track is away', () => {
    const faces = createFaceTracks();
    expect(faces.at(heard(100, 0.5)).viseme).toBe('aa');
    expect(faces.at(heard(100, 0.01)).viseme).toBe('sil');
  });
});

describe('The guide', () => {
  test('gives the thread while it speaks, and looks up while it thinks', () => {
    expect(poseFor('speaking', 'none').arm).toBeLessThan(restPose.arm);
    expect(poseFor('thinking', 'none').gazeY).toBeLessThan(0);
  });

  test('does with a sentence what the avatar service asks, and nothing for what it does not know', () => {
    expect(withBearing(restPose, { action: 'point', expression: 'curious' })).toMatchObject({ arm: -8, brows: -3 });
    expect(withBearing(restPose, { action: 'juggle', expression: 'bored' })).toEqual(restPose);
  });

  test('reaches a pose in less than two seconds', () => {
    const pose = poseFor('speaking', 'none');
    expect(isReached(approachPose(restPose, pose, 2), pose)).toBe(true);
  });
});

describe('The guide’s manners', () => {
  function meet() {
    vi.useFakeTimers();
    onTestFinished(() => { vi.useRealTimers(); });
    const [state, words] = [ref<ConversationState>('connecting'), ref<string | null>(null)];
    const scope = effectScope();
    onTestFinished(() => { scope.stop(); });
    const pose = scope.run(() => useManners({ state: () => state.value, outcome: () => 'none', words: () => words.value }));
    return { state, words, name: () => pose?.value.name };
  }

  test('are to bow once to who comes', async () => {
    const { state, name } = meet();
    expect(name()).toBe('rest');
    for (const [next, seen] of [['ready', 'greet'], ['thinking', 'think'], ['ready', 'rest']] as const) {
      state.value = next;
      await nextTick();
      expect(name()).toBe(seen);
      vi.advanceTimersByTime(1000);
    }
  });

  test('are to nod where the visitor pauses, and not between two words', async () => {
    const { state, words, name } = meet();
    state.value = 'listening';
    await nextTick();
    vi.advanceTimersByTime(1000);
    for (const said of ['Did', 'Did he', 'Did he see']) {
      words.value = said;
      await nextTick();
      vi.advanceTimersByTime(300);
      expect(name()).toBe('listen');
    }
    vi.advanceTimersByTime(200);
    expect(name()).toBe('nod');
    vi.advanceTimersByTime(400);
    expect(name()).toBe('listen');
  });

  test('do not interrupt what it does', () => {
    expect(withGesture(poseFor('speaking', 'none'), 'nod').name).toBe('give');
  });
});

describe('The time between two frames', () => {
  test('is that of the browser’s clock, in seconds', () => {
    expect(secondsBetween(1000, 1016)).toBeCloseTo(0.016);
  });

  test('is one ordinary frame after a tab was away, and never runs backwards', () => {
    expect(secondsBetween(1000, 90_000)).toBe(0.1);
    expect(secondsBetween(1000, 400)).toBe(0);
  });
});
