// @vitest-environment happy-dom
import { mount } from '@vue/test-utils';
import { describe, expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import AnswerWall from '../src/answer/AnswerWall.vue';
import { ask, emptyTranscript, receive, turnOf, type Transcript } from '../src/conversation/transcript';
import { createWords } from '../src/i18n/words';
import type { ServerPayloads } from '../src/protocol/generated';
import type { ServerMessage } from '../src/protocol/serverMessages';

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
