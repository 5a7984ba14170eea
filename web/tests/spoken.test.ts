import { describe, expect, test } from 'vitest';
import { createMicrophoneLine } from '../src/conversation/microphoneLine';
import { ask, closeSession, emptyTranscript, rated, receive, turnOf, type Transcript } from '../src/conversation/transcript';
import type { ServerPayloads } from '../src/protocol/generated';
import type { ServerMessage } from '../src/protocol/serverMessages';

const says = <T extends keyof ServerPayloads>(msg_type: T, payload: ServerPayloads[T]) => ({ msg_type, payload }) as ServerMessage;
const heard = (text: string, is_final = true) => says('TRANSCRIPT', { text, is_final });
const begins = (turn_id: number) => says('TURN_STARTED', { turn_id, request_id: `voice_${turn_id}` });
const answers = (turn_id: number, text: string) =>
  says('RESPONSE', { request_id: `voice_${turn_id}`, turn_id, sequence: 0, text_stream_seq: 0, content: { text }, interrupted: false });
const after = (...messages: ServerMessage[]): Transcript => messages.reduce(receive, emptyTranscript);

describe('A question that was spoken', () => {
  test('becomes one with its turn, in the words that were heard last', () => {
    const { exchanges } = after(heard('Who paid', false), heard('Who painted it?'), begins(1));
    expect(exchanges).toMatchObject([{ question: 'Who painted it?', spoken: true, turnId: 1, phase: 'answering' }]);
  });

  test('is none when no turn follows it', () => {
    expect(after(heard('mhm')).exchanges).toEqual([]);
  });

  test('gets its answer like one that was written', () => {
    const transcript = after(heard('Who painted it?'), begins(1), answers(1, 'Vincent.'), says('TURN_ENDED', { turn_id: 1, interrupted: false }));
    expect(turnOf(transcript, transcript.exchanges[0])?.sentences.map((s) => s.text)).toEqual(['Vincent.']);
    expect(transcript.exchanges[0]?.phase).toBe('done');
  });

  test('breaks off the answer to the one before', () => {
    const { exchanges } = after(heard('One?'), begins(1), answers(1, 'Yes.'), says('TURN_ENDED', { turn_id: 1, interrupted: true }), heard('Two?'), begins(2));
    expect(exchanges.map((e) => [e.question, e.phase])).toEqual([['One?', 'stopped'], ['Two?', 'answering']]);
  });

  test('is there once when the server repeats itself after a broken connection', () => {
    expect(after(heard('One?'), begins(1), heard('One?'), begins(1)).exchanges).toHaveLength(1);
  });

  test('is empty when the guide says something of its own accord', () => {
    expect(after(begins(1)).exchanges[0]?.question).toBe('');
  });

  test('does not take the words of one that was written', () => {
    const written = ask(after(heard('mhm')), 'q_1', 'Who?', true);
    expect(receive(written, says('TURN_STARTED', { turn_id: 1, request_id: 'q_1' })).exchanges).toMatchObject([{ question: 'Who?', spoken: false, turnId: 1 }]);
  });
});

test('A new session, which counts its turns from 1 again, leaves the answers of the last one as they are', () => {
  const before = closeSession(after(heard('One?'), begins(1), answers(1, 'Yes.')));
  const both = [heard('Two?'), begins(1), answers(1, 'No.')].reduce(receive, before);
  expect(both.exchanges.map((e) => turnOf(both, e)?.sentences[0]?.text)).toEqual(['Yes.', 'No.']);
});

test('A day’s talk is kept to its last fifty questions', () => {
  const all = Array.from({ length: 120 }, (_, i) => [begins(i + 1), answers(i + 1, 'Yes.')]).flat();
  const { exchanges, turns } = after(...all);
  expect([exchanges.length, turns.size, exchanges.at(-1)?.turnId]).toEqual([50, 50, 120]);
  expect(new Set(exchanges.map((e) => e.id)).size).toBe(50);
});

test('A rating belongs to its answer', () => {
  expect(rated(after(begins(1), begins(2)), 2, 'good').exchanges.map((e) => e.rating)).toEqual([null, 'good']);
});

describe('The microphone’s line', () => {
  const frame = () => new ArrayBuffer(1280); // 40 ms, 640 samples
  const firstOf = (sent: ArrayBuffer) => new DataView(sent).getUint32(0, true);

  function line(there = true) {
    const sent: number[] = [];
    const state = { there, now: 0, sent };
    const made = createMicrophoneLine((data) => {
      if (state.there) sent.push(firstOf(data));
      return state.there;
    }, () => state.now);
    return { state, sent, ...made };
  }

  test('numbers every frame by its first sample', () => {
    const { take, sent } = line();
    for (let i = 0; i < 3; i++) take(frame());
    expect(sent).toEqual([0, 640, 1280]);
  });

  test('says again, after a broken connection, what may be lost, and what was said meanwhile', () => {
    const { take, sent, state, registered } = line();
    take(frame());
    state.there = false;
    take(frame());
    state.there = true;
    registered(true);
    take(frame());
    expect(sent).toEqual([0, 0, 640, 1280]);
  });

  test('keeps no more than five seconds', () => {
    const { take, sent, state, registered } = line(false);
    for (let i = 0; i < 200; i++) take(frame());
    state.there = true;
    registered(false);
    expect(sent).toHaveLength(125);
    expect(sent[0]).toBe(75 * 640);
  });

  test('begins at 0 in another conversation, and says nothing there of what the last one heard', () => {
    const { take, sent, registered } = line();
    take(frame());
    registered(false);
    take(frame());
    expect(sent).toEqual([0, 0]);
  });

  test('counts the time that it was off as silence', () => {
    const { take, sent, state, reopened } = line();
    take(frame());
    state.now = 500;
    reopened();
    take(frame());
    expect(sent).toEqual([0, 640 + 8000]);
  });
});
