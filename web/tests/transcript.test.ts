import { describe, expect, test } from 'vitest';
import type { AudioMeta, ResponsePayload, ServerMessage } from '../src/protocol/serverMessages';
import { ask, emptyTranscript, receive, stop, turnOf, type Transcript } from '../src/conversation/transcript';
import { messagesOf } from '../src/conversation/messages';

const response = (payload: Partial<ResponsePayload>): ServerMessage => ({ msg_type: 'RESPONSE', payload: { request_id: 'q1', turn_id: 1, content: {}, interrupted: false, ...payload } });
const text = (sequence: number, seq: number, content: string) => response({ sequence, text_stream_seq: seq, content: { text: content } });
const sound = (payload: Partial<AudioMeta>): ServerMessage => ({ msg_type: 'AUDIO_META', payload: { seq: 1, turn_id: 1, sequence: 0, size: 2, duration_ms: 200, text: 'Partly.', sample_rate: 16_000, start_ms: 0, last: false, ...payload } });
const after = (...messages: ServerMessage[]): Transcript => messages.reduce(receive, ask(emptyTranscript, 'q1', 'Did he see it?', true));
const sentences = (transcript: Transcript) => turnOf(transcript, transcript.exchanges.at(-1))?.sentences ?? [];

describe('An answer', () => {
  test('grows by its deltas, sentence by sentence', () => {
    const answered = after(text(0, 0, 'Part'), text(0, 1, 'ly. '), text(1, 2, 'He watched'));
    expect(sentences(answered).map((s) => s.text)).toEqual(['Partly. ', 'He watched']);
  });

  test('shows a sentence once it is whole', () => {
    expect(sentences(after(text(0, 0, 'He watched'))).map((s) => s.whole)).toEqual([false]);
    expect(sentences(after(text(0, 0, 'He watched it.'))).map((s) => s.whole)).toEqual([true]);
    expect(sentences(after(text(0, 0, 'Saint'), text(1, 1, 'But'))).map((s) => s.whole)).toEqual([true, false]);
    expect(sentences(after(text(0, 0, 'no mark'), response({ text_stream_seq: -1 }))).map((s) => s.whole)).toEqual([true]);
  });

  test('keeps the times of its words while it may be spoken, what one may ask next while it is the newest, and its text for good', () => {
    const suggested: ServerMessage = { msg_type: 'SUGGESTIONS', payload: { turn_id: 1, questions: ['And who did?'] } };
    const spoken = after(text(0, 0, 'Partly.'), sound({ words: [{ text: 'Partly', start_ms: 0, end_ms: 180 }] }), suggested);
    expect(turnOf(spoken, spoken.exchanges[0])?.suggestions).toEqual(['And who did?']);
    const next = receive(ask(spoken, 'q2', 'And who did?', true), { msg_type: 'TURN_STARTED', payload: { turn_id: 2, request_id: 'q2' } });
    expect(next.turns.get(1)?.sentences[0]).toMatchObject({ text: 'Partly.', words: [{ text: 'Partly' }] });
    const later = ask(next, 'q3', 'When?', true);
    expect(later.turns.get(1)).toMatchObject({ suggestions: [], sentences: [{ text: 'Partly.', words: [] }] });
  });

  test('takes a repeated delta once', () => {
    const repeated = after(text(0, 0, 'Partly. '), text(1, 1, 'But.'), text(0, 0, 'Partly. '), text(1, 1, 'But.'));
    expect(sentences(repeated).map((s) => s.text)).toEqual(['Partly. ', 'But.']);
  });

  test('is done when both its streams have ended', () => {
    const textOnly = after(text(0, 0, 'Partly.'), response({ text_stream_seq: -1 }));
    expect(textOnly.exchanges[0]?.phase).toBe('answering');
    expect(receive(textOnly, response({ voice_stream_seq: -1 })).exchanges[0]?.phase).toBe('done');
  });

  test('knows how much of its sound has come', () => {
    const heard = after(text(0, 0, 'Partly.'), sound({}), sound({ start_ms: 200, duration_ms: 100, last: true }));
    expect(sentences(heard)[0]).toMatchObject({ soundMs: 300, soundWhole: true });
  });

  test('keeps sources that come before its first word', () => {
    const sourced = after({ msg_type: 'TURN_STARTED', payload: { turn_id: 1 } }, { msg_type: 'SOURCES', payload: { turn_id: 1, exhibits: [{ id: 'a', title: 'A', quote: '', score: 1 }] } }, text(0, 0, 'Yes.'));
    expect(turnOf(sourced, sourced.exchanges[0])?.sources).toHaveLength(1);
  });

  test('keeps of a source the passage that is shown, and none of the others', () => {
    const source = { id: 'a', title: 'A', quote: 'He did.', score: 1 };
    const sourced = after({ msg_type: 'TURN_STARTED', payload: { turn_id: 1 } }, { msg_type: 'SOURCES', payload: { turn_id: 1, exhibits: [{ ...source, passages: ['He did.', 'So did she.'] }] } });
    expect(turnOf(sourced, sourced.exchanges[0])?.sources).toEqual([source]);
  });
});

describe('A stopped answer', () => {
  test('ends where the voice was', () => {
    const stopped = stop(after(text(0, 0, 'Partly. '), text(1, 1, 'He watched it.')), { turnId: 1, sequence: 1, characters: 10 });
    expect(sentences(stopped).map((s) => s.text)).toEqual(['Partly. ', 'He watched']);
    expect(stopped.exchanges[0]?.phase).toBe('stopped');
  });

  test('takes nothing that still arrives', () => {
    const late = receive(stop(after(text(0, 0, 'Partly.')), null), text(1, 1, 'More.'));
    expect(sentences(late).map((s) => s.text)).toEqual(['Partly.']);
  });

  test('is what a new question makes of an open one', () => {
    const asked = ask(after(text(0, 0, 'Partly.')), 'q2', 'And now?', true);
    expect(asked.exchanges.map((e) => e.phase)).toEqual(['stopped', 'waiting']);
  });
});

describe('A question', () => {
  test('fails by the error that names it, and no other', () => {
    const error = (request_id: string): ServerMessage => ({ msg_type: 'ERROR', payload: { error_code: 'INTERNAL_ERROR', error_msg: '', retryable: true, request_id } });
    expect(after(error('other')).exchanges[0]?.phase).toBe('waiting');
    expect(after(error('q1')).exchanges[0]).toMatchObject({ phase: 'failed', failure: { error_code: 'INTERNAL_ERROR' } });
  });

  test('owns the turn that names it, whatever came first', () => {
    const two = ask(ask(emptyTranscript, 'q1', 'One?', true), 'q2', 'Two?', true);
    const bound = receive(two, { msg_type: 'TURN_STARTED', payload: { turn_id: 7, request_id: 'q2' } });
    expect(bound.exchanges.map((e) => e.turnId)).toEqual([null, 7]);
  });
});

test('Messages are what was said, Chinese without spaces between sentences', () => {
  const said = after(text(0, 0, '很可能没有。'), text(1, 1, '每一位都不同。'));
  expect(messagesOf(said).map((m) => [m.role, m.text])).toEqual([['visitor', 'Did he see it?'], ['guide', '很可能没有。每一位都不同。']]);
});
