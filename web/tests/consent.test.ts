// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { computed, nextTick, ref } from 'vue';
import type { MicrophoneState } from '../src/conversation/voiceConversation';
import { useConsent } from '../src/dock/useConsent';

/** A browser that asks whether the page may listen, and is answered by the test. */
function browser() {
  const state = ref<MicrophoneState>('off');
  let answer: (given: MicrophoneState) => void = () => { /* nothing is asked yet */ };
  const startListening = (): Promise<boolean> => {
    if (state.value === 'asking') return Promise.resolve(false);
    state.value = 'asking';
    return new Promise((resolve) => {
      answer = (given) => {
        state.value = given;
        resolve(given === 'on');
      };
    });
  };
  return { state, consent: useConsent({ microphone: computed(() => state.value), startListening }), answer: (given: MicrophoneState) => { answer(given); return nextTick(); } };
}

describe('Leave to listen', () => {
  // A browser that has not decided yet; happy-dom grants everything.
  beforeEach(() => { vi.spyOn(navigator.permissions, 'query').mockResolvedValue({ state: 'prompt' } as PermissionStatus); });
  afterEach(() => localStorage.clear());

  test('is asked for by our words first, once, and not while the browser asks', async () => {
    const { consent, answer } = browser();
    await consent.wantToTalk();
    expect(consent.note.value).toBe('ask');
    const accepted = consent.accept();
    await consent.wantToTalk();
    expect(consent.note.value).toBe('none');
    await answer('on');
    await accepted;
    expect(consent.note.value).toBe('none');
  });

  test('once given is not taken for refused while the browser asks again', async () => {
    localStorage.setItem('museum.listen', 'yes');
    const { consent, answer } = browser();
    const first = consent.wantToTalk();
    await consent.wantToTalk();
    expect(consent.note.value).toBe('none');
    await answer('refused');
    await first;
    expect(consent.note.value).toBe('help');
  });

  test('leaves no slip over a microphone that is on', async () => {
    const { state, consent } = browser();
    await consent.wantToTalk();
    state.value = 'on';
    await nextTick();
    expect(consent.note.value).toBe('none');
  });
});
