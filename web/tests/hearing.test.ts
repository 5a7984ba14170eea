import { effectScope, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useHearing, type Hearing } from '../src/conversation/useHearing';
import type { ServerPayloads } from '../src/protocol/generated';
import type { ServerMessage } from '../src/protocol/serverMessages';

describe('What the visitor is heard to say', () => {
  let scope: EffectScope;
  let hearing: Hearing;
  const says = <T extends keyof ServerPayloads>(msg_type: T, payload: ServerPayloads[T]) => { hearing.take({ msg_type, payload } as ServerMessage); };
  const words = (text: string, is_final = false) => { says('TRANSCRIPT', { text, is_final }); };

  beforeEach(() => {
    vi.useFakeTimers();
    scope = effectScope();
    hearing = scope.run(() => useHearing()) as Hearing;
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  test('is shown word by word while somebody speaks, however long', () => {
    says('SPEECH_STARTED', { audio_ms: 0 });
    for (const text of ['Did', 'Did he', 'Did he see', 'Did he see it']) {
      words(text);
      vi.advanceTimersByTime(3500);
      expect(hearing.words.value).toBe(text);
    }
  });

  test('goes when it has become a question', () => {
    words('Did he see it?', true);
    says('TURN_STARTED', { turn_id: 1, request_id: 'voice_1' });
    expect(hearing.words.value).toBeNull();
  });

  test('goes by itself when nothing follows: it was not meant for the guide', () => {
    words('mhm', true);
    vi.advanceTimersByTime(2400);
    expect(hearing.words.value).toBe('mhm');
    vi.advanceTimersByTime(200);
    expect(hearing.words.value).toBeNull();
  });

  test('goes in a hall that hums for ever: speech without an end, whose words do not go on', () => {
    says('SPEECH_STARTED', { audio_ms: 0 });
    words('mm oh');
    for (let second = 0; second < 5; second++) {
      vi.advanceTimersByTime(1000);
      words('mm oh');
    }
    expect(hearing.words.value).toBeNull();
    words('mm oh yes');
    expect(hearing.words.value).toBe('mm oh yes');
  });

  test('is nothing where no word is heard', () => {
    says('SPEECH_STARTED', { audio_ms: 0 });
    words(' … ');
    expect(hearing.words.value).toBe('');
    vi.advanceTimersByTime(4100);
    expect(hearing.words.value).toBeNull();
  });
});
