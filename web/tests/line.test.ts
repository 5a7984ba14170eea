// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { aTalk } from './talk';
import { until } from './until';

describe('A conversation, when its line breaks or ends', () => {
  const talk = aTalk();
  const { requestId, answer, asked } = talk;

  test('resumes after a broken connection, after the last message it heard', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' }, seq: 41 });
    await until(() => { expect(talk.conversation.messages.value).toHaveLength(2); });
    talk.server.drop();
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.server.of('REGISTER')[1]?.payload['resume']).toEqual({ session_id: 'sess_1', resume_token: 'again', last_seq: 41, sound: { turn_id: 0, sequence: 0, end_ms: 0 } });
    await until(() => { expect(talk.conversation.conversationState.value).toBe('writing'); });
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' }, seq: 41 });
    answer({ sequence: 0, text_stream_seq: 1, content: { text: 'van Gogh.' }, seq: 42 });
    await until(() => { expect(talk.conversation.messages.value[1]?.text).toBe('Vincent van Gogh.'); });
    expect(talk.server.of('REQUEST')).toHaveLength(1);
  });

  test('says at once that half an answer will not be continued, where the server cannot resume', async () => {
    talk.server.resumes = false;
    talk.conversation.languageChanged();
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    talk.conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' } });
    await until(() => { expect(talk.conversation.messages.value).toHaveLength(2); });
    talk.server.drop();
    await until(() => { expect(talk.conversation.conversationState.value).toBe('failed'); });
    expect(talk.server.of('REGISTER')[2]?.payload).not.toHaveProperty('resume');
  });

  test('sends a question again, under the same number, when the connection broke before any answer', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    talk.server.drop();
    await asked(2);
    expect(requestId(1)).toBe(requestId(0));
  });

  test('gives up a question that breaks the connection each time', async () => {
    talk.conversation.ask('A terrible question');
    for (const count of [1, 2, 3]) {
      await asked(count);
      talk.server.drop();
    }
    await until(() => { expect(talk.conversation.conversationState.value).toBe('failed'); });
    expect(talk.server.of('REQUEST')).toHaveLength(3);
  });

  test('keeps a question that was asked while nobody was there', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.drop();
    await until(() => { expect(talk.conversation.conversationState.value).toBe('reconnecting'); });
    talk.conversation.ask('Are you back?');
    await asked(1);
  });

  test('does not fight for a session that went on in another window', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.close(4001);
    await until(() => { expect(talk.conversation.conversationState.value).toBe('replaced'); });
    expect(talk.server.of('REGISTER')).toHaveLength(1);
    talk.conversation.again();
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
  });

  test('begins anew when the server does not know its pass', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.say('ERROR', { error_code: 'SESSION_INVALID', error_msg: '', retryable: false });
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.forgotten).toBe(1);
    expect(talk.server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
  });

  test('comes back when a closing server says', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.say('SHUTDOWN', { reason: 'DRAINING', reconnect_after_ms: 10 });
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.server.of('REGISTER')[1]?.payload).toHaveProperty('resume');
  });

  test('is told to stop when the line is back, if it was stopped while it was away', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' }, seq: 1 });
    await until(() => { expect(talk.conversation.messages.value).toHaveLength(2); });
    talk.server.drop();
    await until(() => { expect(talk.conversation.conversationState.value).toBe('reconnecting'); });
    talk.conversation.stop();
    await until(() => { expect(talk.server.of('INTERRUPT').map((m) => m.payload['interrupt_request_id'])).toEqual([requestId()]); });
  });

  test('counts from the beginning where the server could not resume', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' }, seq: 57 });
    await until(() => { expect(talk.conversation.messages.value).toHaveLength(2); });
    talk.server.forgets = true;
    for (const count of [2, 3]) {
      talk.server.drop();
      await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(count); });
    }
    expect(talk.server.of('REGISTER').map((m) => (m.payload['resume'] as { last_seq: number } | undefined)?.last_seq)).toEqual([undefined, 57, 0]);
  });

  test('says until when a busy server wants to be left alone, and comes back then', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.admits = false;
    talk.server.drop();
    await until(() => { expect(talk.conversation.conversationState.value).toBe('busy'); });
    expect(talk.conversation.busyUntil.value).not.toBeNull();
    talk.server.admits = true;
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
  });

  test('goes on in writing when nobody has said anything for too long', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.say('SESSION_WARN', { warn_type: 'IDLE', remaining_seconds: 30, message: '' });
    await until(() => { expect(talk.conversation.ending.value).toBe('IDLE'); });
    talk.server.say('SHUTDOWN', { reason: 'IDLE' });
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
  });
});
