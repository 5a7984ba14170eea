// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, test, vi } from 'vitest';
import { effectScope, nextTick, ref, watch } from 'vue';
import AnswerWall from '../src/answer/AnswerWall.vue';
import { useVoicing } from '../src/answer/voicing';
import { ask, emptyTranscript, receive, turnOf, type Transcript } from '../src/conversation/transcript';
import { newTurn, type Turn } from '../src/conversation/turn';
import { createWords } from '../src/i18n/words';
import type { ServerPayloads } from '../src/protocol/generated';
import type { ServerMessage } from '../src/protocol/serverMessages';
import { until } from './until';

const says = <T extends keyof ServerPayloads>(msg_type: T, payload: ServerPayloads[T]) => ({ msg_type, payload }) as ServerMessage;
const sentence = (sequence: number, text: string) =>
  says('RESPONSE', { request_id: 'q_1', turn_id: 1, sequence, text_stream_seq: sequence, content: { text }, interrupted: false });

function show(transcript: Transcript, hearing: string | null = null) {
  const exchange = transcript.exchanges.at(-1);
  return { exchange, turn: turnOf(transcript, exchange), ties: [], voicing: null, playing: false, spoken: false, hearing };
}

function hang(transcript: Transcript, hearing: string | null = null) {
  const wall = mount(AnswerWall, { props: show(transcript, hearing), attachTo: document.body, global: { plugins: [createWords('en')] } });
  const scrolled = vi.spyOn(wall.element, 'scrollTo').mockReturnValue(undefined);
  return { wall, scrolled };
}

describe('The answer on the wall', () => {
  const asked = receive(ask(emptyTranscript, 'q_1', 'Who?', false), says('TURN_STARTED', { turn_id: 1, request_id: 'q_1' }));

  test('stays where it is read while more of it comes, and begins at the top with another question', async () => {
    let transcript = asked;
    const { wall, scrolled } = hang(transcript);
    for (const [sequence, text] of ['Vincent.', 'In June.', 'By day.'].entries()) await wall.setProps(show(transcript = receive(transcript, sentence(sequence, text))));
    await wall.setProps(show(transcript = receive(transcript, says('TURN_ENDED', { turn_id: 1, interrupted: false }))));
    expect(wall.text()).toContain('In June.');
    expect(scrolled).not.toHaveBeenCalled();
    await wall.setProps(show(ask(transcript, 'q_2', 'When?', false)));
    expect(scrolled).toHaveBeenCalledExactlyOnceWith({ top: 0 });
  });

  test('shows the newest words of a long question', async () => {
    const { wall, scrolled } = hang(asked, 'Did');
    vi.spyOn(wall.element, 'scrollHeight', 'get').mockReturnValue(900);
    await wall.setProps(show(asked, 'Did he'));
    await nextTick();
    expect(scrolled).toHaveBeenCalledExactlyOnceWith({ top: 900 });
  });

  test('keeps the keyboard’s place when a question is taken from it', async () => {
    const ended = [sentence(0, 'Vincent.'), says('SUGGESTIONS', { turn_id: 1, questions: ['Why?'] }), says('TURN_ENDED', { turn_id: 1, interrupted: false })].reduce(receive, asked);
    const { wall } = hang(ended);
    const suggestion = wall.get('[data-testid="suggestion"] button');
    (suggestion.element as HTMLElement).focus();
    await suggestion.trigger('click');
    expect(wall.emitted('ask')).toEqual([['Why?']]);
    await wall.setProps(show(ask(ended, 'q_2', 'Why?', false)));
    expect(document.activeElement).toBe(wall.element);
  });
});

describe('The voice', () => {
  test('is one object for as long as it speaks one sentence, or the whole page would be rendered for every frame', async () => {
    const spoken = (sequence: number) => ({ sequence, text: 'Vincent painted it in June.', whole: true, words: [], soundMs: 2000, soundWhole: true });
    const turn: Turn = { ...newTurn(1), sentences: [spoken(0), spoken(1)] };
    const heard = { turnId: 1, sequence: 0, ms: 0, loudness: 1 };
    const scope = effectScope();
    const sentences: (number | undefined)[] = [];
    const voicing = scope.run(() => {
      const exchanges = ref([{ id: 'q_1', question: 'When?', phase: 'answering', turnId: 1, aloud: true, rating: null }]) as unknown as Parameters<typeof useVoicing>[0]['conversation']['exchanges'];
      const following = useVoicing({ conversation: { heard: () => heard, exchanges, turn: () => turn }, playing: () => true, read: () => undefined });
      watch(following, (now) => sentences.push(now?.sequence), { flush: 'sync' });
      return following;
    });
    for (const ms of [500, 1000, 1500]) {
      heard.ms = ms;
      await until(() => { expect(voicing?.value?.characters).toBeCloseTo((27 * ms) / 2000); });
    }
    Object.assign(heard, { sequence: 1, ms: 100 });
    await until(() => { expect(voicing?.value?.sequence).toBe(1); });
    expect(sentences).toEqual([0, 1]);
    scope.stop();
  });
});
