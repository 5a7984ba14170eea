import { describe, expect, test } from 'vitest';
import { loudnessOf, pcmOf, samplesOf } from '../src/audio/pcm';
import { SoundSchedule, type SoundPiece } from '../src/audio/soundSchedule';

const piece = (startMs: number, durationMs: number, more: Partial<SoundPiece> = {}): SoundPiece =>
  ({ turnId: 1, sequence: 0, startMs, durationMs, last: false, loudness: new Float32Array(Math.ceil(durationMs / 20)).fill(0.5), ...more });

describe('The sound of a turn', () => {
  test('plays without gaps', () => {
    const schedule = new SoundSchedule();
    const first = schedule.place(piece(0, 200), 10);
    const second = schedule.place(piece(200, 200), 10.1);
    expect(second?.at).toBeCloseTo((first?.at ?? 0) + 0.2);
  });

  test('is heard in its place on the sound’s clock', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 200), 10)?.at ?? 0;
    schedule.place(piece(0, 300, { sequence: 1 }), 10);
    expect(schedule.at(at - 0.01)).toBeNull();
    expect(schedule.at(at + 0.1)).toMatchObject({ sequence: 0, loudness: 0.5 });
    expect(schedule.at(at + 0.1)?.ms).toBeCloseTo(100);
    expect(schedule.at(at + 0.25)?.sequence).toBe(1);
    expect(schedule.at(at + 0.25)?.ms).toBeCloseTo(50);
  });

  test('holds still while more of it is on the way', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 200), 10)?.at ?? 0;
    expect(schedule.at(at + 5)).toMatchObject({ ms: 200, loudness: 0 });
  });

  test('plays nothing twice when the server repeats itself', () => {
    const schedule = new SoundSchedule();
    schedule.place(piece(0, 200), 10);
    expect(schedule.place(piece(0, 200), 10)).toBeNull();
    expect(schedule.place(piece(100, 200), 10)).toMatchObject({ skipMs: 100 });
    schedule.place(piece(0, 200, { sequence: 1 }), 10);
    expect(schedule.place(piece(300, 100), 10)).toBeNull();
  });

  test('reports every sentence’s beginning and end, in order and once', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 200, { last: true }), 10)?.at ?? 0;
    schedule.place(piece(0, 100, { sequence: 1 }), 10);
    expect(schedule.advance(at + 0.01)).toMatchObject([{ sequence: 0, state: 'started', playedMs: 0 }]);
    expect(schedule.advance(at + 0.21)).toMatchObject([{ sequence: 0, state: 'finished', playedMs: 200 }, { sequence: 1, state: 'started' }]);
    expect(schedule.advance(at + 0.4)).toEqual([]);
    schedule.close(1);
    expect(schedule.advance(at + 0.4)).toMatchObject([{ sequence: 1, state: 'finished', playedMs: 100 }]);
    expect(schedule.empty).toBe(true);
  });

  test('reports a sentence that never said it was over when the next one begins', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 200), 10)?.at ?? 0;
    schedule.place(piece(0, 100, { sequence: 1, last: true }), 10);
    expect(schedule.advance(at + 0.31).map((r) => [r.sequence, r.state])).toEqual([[0, 'started'], [0, 'finished'], [1, 'started'], [1, 'finished']]);
  });

  test('tells where it was cut', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 400), 10)?.at ?? 0;
    expect(schedule.stop(at + 0.15)).toMatchObject([{ sequence: 0, state: 'stopped', playedMs: 150 }]);
    expect(schedule.empty).toBe(true);
    expect(schedule.stop(at + 0.2)).toEqual([]);
  });

  test('holds what waits to be heard, though nothing of it is heard yet', () => {
    const schedule = new SoundSchedule();
    schedule.place(piece(0, 400), 10);
    expect(schedule.at(10)).toBeNull();
    expect([schedule.holds(1), schedule.holds(2)]).toEqual([true, false]);
  });

  test('has run dry when all that has come was heard and more is to follow', () => {
    const schedule = new SoundSchedule();
    expect(schedule.isDry(10)).toBe(false);
    const at = schedule.place(piece(0, 200), 10)?.at ?? 0;
    expect([schedule.isDry(at + 0.1), schedule.isDry(at + 0.3)]).toEqual([false, true]);
    schedule.place(piece(200, 200), at + 0.3);
    expect(schedule.isDry(at + 0.4)).toBe(false);
  });

  test('ends with what has come when nobody will send more', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 200), 10)?.at ?? 0;
    schedule.close();
    expect(schedule.advance(at + 0.3).at(-1)).toMatchObject({ state: 'finished' });
    expect(schedule.empty).toBe(true);
  });

  test('tells every half second how far it has come', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 2000), 10)?.at ?? 0;
    expect([0.01, 0.4, 0.6, 0.7, 1.2].flatMap((s) => schedule.advance(at + s)).map((r) => [r.state, r.playedMs])).toEqual([['started', 0], ['started', 600], ['started', 1200]]);
  });

  test('ends a sentence by an empty last piece', () => {
    const schedule = new SoundSchedule();
    const at = schedule.place(piece(0, 100), 10)?.at ?? 0;
    expect(schedule.place(piece(100, 0, { last: true }), 10)).toBeNull();
    expect(schedule.advance(at + 0.2).at(-1)).toMatchObject({ state: 'finished' });
  });
});

describe('PCM16', () => {
  test('survives the way to samples and back', () => {
    const pcm = new Int16Array([0, 1, -1, 16384, -16384, 32767]).buffer;
    const back = new Int16Array(pcmOf(samplesOf(pcm)));
    [...new Int16Array(pcm)].forEach((sample, i) => { expect(Math.abs((back[i] ?? 0) - sample)).toBeLessThanOrEqual(1); });
  });

  test('leaves out half a sample at its end', () => {
    expect(samplesOf(new ArrayBuffer(5))).toHaveLength(2);
  });

  test('has a loudness for every 20 ms: none in silence, full in a loud voice', () => {
    const samples = new Float32Array(640);
    samples.fill(0.5, 320);
    expect([...loudnessOf(samples, 16_000)]).toEqual([0, 1]);
  });
});
