import type { JSHandle } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type * as AudioModule from '../../src/audio/useAudioManager';
import { Theatre } from './page';

interface Instruments {
  useAudioManager: typeof AudioModule.useAudioManager;
  /** Every sound context and every media track that was opened. */
  contexts: AudioContext[];
  tracks: MediaStreamTrack[];
}

describe('The audio manager, in a browser', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  /** Loads the source into a page, where sound and microphone are real, and keeps count of what it opens. */
  async function instruments(): Promise<JSHandle<Instruments>> {
    const { page } = await theatre.stage();
    await page.mouse.click(600, 400); // A browser sounds only for someone who is there.
    // As text, or the test runner would rewrite the import.
    return page.evaluateHandle<Instruments>(`(async () => {
      const contexts = [], tracks = [];
      const Original = AudioContext, ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      globalThis.AudioContext = class extends Original { constructor(options) { super(options); contexts.push(this); } };
      navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); tracks.push(...stream.getTracks()); return stream; };
      const { useAudioManager } = await import('/audio.js');
      return { useAudioManager, contexts, tracks };
    })()`);
  }

  test('plays PCM to its end, and closes its context when it is cleaned up', async () => {
    const result = await (await instruments()).evaluate(async ({ useAudioManager, contexts }) => {
      const manager = useAudioManager();
      const done = manager.playAudio(new Int16Array(4800).map((_, i) => Math.sin(i / 6) * 9000).buffer);
      const during = manager.playbackState.value;
      await done;
      const after = manager.playbackState.value;
      manager.cleanup();
      return { during, after, states: contexts.map((context) => context.state) };
    });
    expect(result).toEqual({ during: 'playing', after: 'idle', states: ['closed'] });
  });

  test('silences what plays at once', async () => {
    const state = await (await instruments()).evaluate(async ({ useAudioManager }) => {
      const manager = useAudioManager();
      const done = manager.playAudio(new Int16Array(160_000).buffer);
      manager.silence();
      await done;
      return manager.playbackState.value;
    });
    expect(state).toBe('idle');
  });

  test('sounds again after it was cleaned up', async () => {
    const states = await (await instruments()).evaluate(async ({ useAudioManager, contexts }) => {
      const manager = useAudioManager();
      for (const samples of [800, 800]) {
        await manager.playAudio(new Int16Array(samples).buffer);
        manager.cleanup();
      }
      return contexts.map((context) => context.state);
    });
    expect(states).toEqual(['closed', 'closed']);
  });

  test('hears the microphone as 40 ms of PCM16 at 16 kHz, and gives everything back', async () => {
    const result = await (await instruments()).evaluate(async ({ useAudioManager, contexts, tracks }) => {
      const frames: number[] = [];
      let enough: () => void = () => undefined;
      const heard = new Promise<void>((resolve) => { enough = resolve; });
      const manager = useAudioManager({ onFrame: (pcm) => { if (frames.push(pcm.byteLength) === 5) enough(); } });
      const started = await manager.startRecording();
      await heard;
      const during = [manager.recordingState.value, ...tracks.map((track) => track.readyState)];
      manager.cleanup();
      return { started, frames: frames.slice(0, 5), during, after: [manager.recordingState.value, ...tracks.map((t) => t.readyState), ...contexts.map((c) => c.state)] };
    });
    expect(result).toEqual({ started: true, frames: [1280, 1280, 1280, 1280, 1280], during: ['recording', 'live'], after: ['inactive', 'ended', 'closed'] });
  });

  test('gives back a microphone that is granted after nobody wants it any more', async () => {
    const result = await (await instruments()).evaluate(async ({ useAudioManager, tracks }) => {
      const manager = useAudioManager();
      const starting = manager.startRecording();
      manager.stopRecording();
      return { started: await starting, state: manager.recordingState.value, tracks: tracks.map((track) => track.readyState) };
    });
    expect(result).toEqual({ started: false, state: 'inactive', tracks: ['ended'] });
  });

  test('says no when the visitor does', async () => {
    const started = await (await instruments()).evaluate(({ useAudioManager }) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
      return useAudioManager().startRecording();
    });
    expect(started).toBe(false);
  });
});
