// @vitest-environment happy-dom
import { effectScope, ref, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useVoiceConversation, type VoiceConversation } from '../src/conversation/useVoiceConversation';
import { GuideServer } from './guideServer';
import { until } from './until';

describe('A conversation', () => {
  let server: GuideServer;
  let scope: EffectScope;
  let conversation: VoiceConversation;
  let forgotten = 0;
  const aloud = ref(true);
  const voice = ref<string | null>(null);
  const language = ref('en');

  const exchange = () => conversation.exchanges.value.at(-1);
  const requestId = (index = -1) => String(server.of('REQUEST').at(index)?.payload['request_id']);
  const answer = (payload: object) => { server.say('RESPONSE', { request_id: requestId(), turn_id: 1, content: {}, ...payload }); };
  const asked = (count: number) => until(() => { expect(server.of('REQUEST')).toHaveLength(count); });

  beforeEach(async () => {
    server = await GuideServer.start();
    scope = effectScope();
    forgotten = 0;
    aloud.value = true;
    voice.value = null;
    language.value = 'en';
    const made = scope.run(() => useVoiceConversation({
      wsUrl: server.origin, language: () => language.value, aloud, voice, backoff: { baseMs: 10, maxMs: 40 },
      pass: { token: () => Promise.resolve('a-token'), renew: () => Promise.resolve(), verify: () => Promise.resolve(), forget: () => { forgotten += 1; } },
    }));
    if (!made) throw new Error('The scope has ended');
    conversation = made;
    await conversation.startConversation();
  });
  afterEach(async () => {
    scope.stop();
    await server.stop();
  });

  test('opens with its pass and asks for all that the page can show', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    expect(server.protocols).toEqual(['museum,bearer.a-token']);
    expect(server.of('REGISTER')[0]?.payload).toMatchObject({
      platform: 'WEB', require_tts: true, enable_srs: true, function_calling: [], language: 'en', greeting: false,
      features: ['speech_events', 'transcripts', 'avatar_track', 'binary_audio', 'sources', 'suggestions', 'status', 'metrics', 'numbered_audio'],
      audio: { output: { format: 'pcm16', sample_rate: 16_000 } },
    });
    expect(server.of('REGISTER')[0]?.payload).not.toHaveProperty('auth');
  });

  test('brings a question and shows its answer as it streams', async () => {
    conversation.ask('  Who painted it? ');
    expect(conversation.conversationState.value).toBe('connecting');
    await asked(1);
    expect(server.of('REQUEST')[0]?.payload).toMatchObject({ data_type: 'TEXT', stream_flag: false, stream_seq: 0, require_tts: true, content: { text: 'Who painted it?' } });
    await until(() => { expect(conversation.conversationState.value).toBe('thinking'); });
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent van Gogh.' } });
    await until(() => { expect(conversation.conversationState.value).toBe('writing'); });
    answer({ text_stream_seq: -1 });
    answer({ voice_stream_seq: -1 });
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    expect(conversation.messages.value.map((m) => m.text)).toEqual(['Who painted it?', 'Vincent van Gogh.']);
  });

  test('asks nothing when nothing was written', async () => {
    conversation.ask('   ');
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    expect(conversation.exchanges.value).toEqual([]);
  });

  test('answers a heartbeat', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.say('HEARTBEAT', { remaining_seconds: 1000 });
    await until(() => { expect(server.of('HEARTBEAT_REPLY')).toHaveLength(1); });
  });

  test('resumes after a broken connection, after the last message it heard', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' }, seq: 41 });
    await until(() => { expect(conversation.messages.value).toHaveLength(2); });
    server.drop();
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(server.of('REGISTER')[1]?.payload['resume']).toEqual({ session_id: 'sess_1', resume_token: 'again', last_seq: 41, sound: { turn_id: 0, sequence: 0, end_ms: 0 } });
    await until(() => { expect(conversation.conversationState.value).toBe('writing'); });
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' }, seq: 41 });
    answer({ sequence: 0, text_stream_seq: 1, content: { text: 'van Gogh.' }, seq: 42 });
    await until(() => { expect(conversation.messages.value[1]?.text).toBe('Vincent van Gogh.'); });
    expect(server.of('REQUEST')).toHaveLength(1);
  });

  test('says at once that half an answer will not be continued, where the server cannot resume', async () => {
    server.resumes = false;
    conversation.languageChanged();
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent ' } });
    await until(() => { expect(conversation.messages.value).toHaveLength(2); });
    server.drop();
    await until(() => { expect(conversation.conversationState.value).toBe('failed'); });
    expect(server.of('REGISTER')[2]?.payload).not.toHaveProperty('resume');
  });

  test('sends a question again, under the same number, when the connection broke before any answer', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    server.drop();
    await asked(2);
    expect(requestId(1)).toBe(requestId(0));
  });

  test('gives up a question that breaks the connection each time', async () => {
    conversation.ask('A terrible question');
    for (const count of [1, 2, 3]) {
      await asked(count);
      server.drop();
    }
    await until(() => { expect(conversation.conversationState.value).toBe('failed'); });
    expect(server.of('REQUEST')).toHaveLength(3);
  });

  test('keeps a question that was asked while nobody was there', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.drop();
    await until(() => { expect(conversation.conversationState.value).toBe('reconnecting'); });
    conversation.ask('Are you back?');
    await asked(1);
  });

  test('waits as long as a busy server says, and asks again', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    server.say('ERROR', { error_code: 'RATE_LIMITED', error_msg: '', retryable: true, request_id: requestId(), retry_after_ms: 20 });
    await asked(2);
    expect(requestId(1)).not.toBe(requestId(0));
    expect(exchange()?.phase).toBe('waiting');
  });

  test('says that it failed, and asks again when told to', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    server.say('ERROR', { error_code: 'INTERNAL_ERROR', error_msg: '', retryable: true, request_id: requestId() });
    await until(() => { expect(conversation.conversationState.value).toBe('failed'); });
    conversation.again();
    await asked(2);
  });

  test('interrupts when it is stopped, and shows nothing of that turn any more', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' } });
    await until(() => { expect(conversation.messages.value).toHaveLength(2); });
    conversation.stop();
    await until(() => { expect(server.of('INTERRUPT').map((m) => m.payload)).toEqual([{ interrupt_request_id: requestId(), reason: 'USER_STOP' }]); });
    answer({ sequence: 1, text_stream_seq: 1, content: { text: 'More.' } });
    server.say('STATUS', { capabilities: { voice: 'away' } });
    await until(() => { expect(conversation.capabilities.value.voice).toBe('away'); });
    expect(conversation.messages.value[1]?.text).toBe('Vincent.');
    expect(exchange()?.phase).toBe('stopped');
  });

  test('does not fight for a session that went on in another window', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.close(4001);
    await until(() => { expect(conversation.conversationState.value).toBe('replaced'); });
    expect(server.of('REGISTER')).toHaveLength(1);
    conversation.again();
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
  });

  test('begins anew when the server does not know its pass', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.say('ERROR', { error_code: 'SESSION_INVALID', error_msg: '', retryable: false });
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(forgotten).toBe(1);
    expect(server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
  });

  test('comes back when a closing server says', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.say('SHUTDOWN', { reason: 'DRAINING', reconnect_after_ms: 10 });
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(server.of('REGISTER')[1]?.payload).toHaveProperty('resume');
  });

  test('speaks another language after registering anew', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    language.value = 'zh';
    conversation.languageChanged();
    await until(() => { expect(server.of('REGISTER').at(-1)?.payload).toMatchObject({ language: 'zh' }); });
  });

  test('asks for text alone when nobody wants to hear it', async () => {
    aloud.value = false;
    conversation.ask('Who painted it?');
    await asked(1);
    expect(server.of('REQUEST')[0]?.payload).toMatchObject({ require_tts: false });
  });

  test('ignores what it does not understand', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.say('SOMETHING_NEW', { a: 1 });
    server.open[0]?.send('not even JSON');
    server.open[0]?.send(new Uint8Array([1, 2, 3]));
    server.say('SESSION_WARN', { warn_type: 'EXPIRE_SOON', remaining_seconds: 300 });
    await until(() => { expect(conversation.endsSoon.value).toBe(true); });
    expect(conversation.conversationState.value).toBe('ready');
  });

  test('tells at once when the visitor wants to hear it or not, by which voice, and where they are', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    aloud.value = false;
    await until(() => { expect(server.of('REQUEST')).toHaveLength(1); });
    voice.value = 'slt';
    await until(() => { expect(server.of('REQUEST')).toHaveLength(2); });
    conversation.setScene({ hall: 3, exhibitId: 'starry-night' });
    await until(() => { expect(server.of('REQUEST')).toHaveLength(3); });
    expect(server.of('REQUEST').map((m) => m.payload['update_session'])).toMatchObject([
      { require_tts: false }, { voice: { name: 'slt' } }, { scene_context: { hall: 3, exhibit_id: 'starry-night' } },
    ]);
    server.drop();
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(server.of('REGISTER')[1]?.payload).toMatchObject({ require_tts: false, voice: { name: 'slt' }, scene_context: { hall: 3, exhibit_id: 'starry-night' } });
  });

  test('is told to stop when the line is back, if it was stopped while it was away', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' }, seq: 1 });
    await until(() => { expect(conversation.messages.value).toHaveLength(2); });
    server.drop();
    await until(() => { expect(conversation.conversationState.value).toBe('reconnecting'); });
    conversation.stop();
    await until(() => { expect(server.of('INTERRUPT').map((m) => m.payload['interrupt_request_id'])).toEqual([requestId()]); });
  });

  test('counts from the beginning where the server could not resume', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' }, seq: 57 });
    await until(() => { expect(conversation.messages.value).toHaveLength(2); });
    server.forgets = true;
    for (const count of [2, 3]) {
      server.drop();
      await until(() => { expect(server.of('REGISTER')).toHaveLength(count); });
    }
    expect(server.of('REGISTER').map((m) => (m.payload['resume'] as { last_seq: number } | undefined)?.last_seq)).toEqual([undefined, 57, 0]);
  });

  test('says until when a busy server wants to be left alone, and comes back then', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.admits = false;
    server.drop();
    await until(() => { expect(conversation.conversationState.value).toBe('busy'); });
    expect(conversation.busyUntil.value).not.toBeNull();
    server.admits = true;
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
  });

  test('goes on in writing when nobody has said anything for too long', async () => {
    await until(() => { expect(conversation.conversationState.value).toBe('ready'); });
    server.say('SESSION_WARN', { warn_type: 'IDLE', remaining_seconds: 30, message: '' });
    await until(() => { expect(conversation.ending.value).toBe('IDLE'); });
    server.say('SHUTDOWN', { reason: 'IDLE' });
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
  });

  test('knows nothing of the last visitor when the next one comes', async () => {
    conversation.ask('Who painted it?');
    await asked(1);
    conversation.startOver();
    expect(conversation.exchanges.value).toEqual([]);
    await until(() => { expect(server.of('REGISTER')).toHaveLength(2); });
    expect(server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
    expect(forgotten).toBe(1);
  });

  test('refuses to listen without a microphone, and leaves nothing open', async () => {
    await expect(conversation.startConversation({ microphone: true })).rejects.toThrow('cannot initialise audio recording');
    await until(() => { expect(server.open).toHaveLength(0); });
    expect(conversation.conversationState.value).toBe('closed');
  });

  test('leaves when it ends', async () => {
    conversation.endConversation();
    await until(() => { expect(server.open).toHaveLength(0); });
    expect(conversation.conversationState.value).toBe('closed');
  });
});
