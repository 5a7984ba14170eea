// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest';
import { aTalk } from './talk';
import { until } from './until';

describe('A conversation', () => {
  const talk = aTalk();
  const { exchange, requestId, answer, asked } = talk;

  test('opens with its pass and asks for all that the page can show', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    expect(talk.server.protocols).toEqual(['museum,bearer.a-token']);
    expect(talk.server.of('REGISTER')[0]?.payload).toMatchObject({
      platform: 'WEB', require_tts: true, enable_srs: true, function_calling: [], language: 'en', greeting: false,
      features: ['speech_events', 'transcripts', 'avatar_track', 'binary_audio', 'sources', 'suggestions', 'status', 'metrics', 'numbered_audio'],
      audio: { output: { format: 'pcm16', sample_rate: 16_000 } },
    });
    expect(talk.server.of('REGISTER')[0]?.payload).not.toHaveProperty('auth');
  });

  test('brings a question and shows its answer as it streams', async () => {
    talk.conversation.ask('  Who painted it? ');
    await asked(1);
    expect(talk.server.of('REQUEST')[0]?.payload).toMatchObject({ data_type: 'TEXT', stream_flag: false, stream_seq: 0, require_tts: true, content: { text: 'Who painted it?' } });
    await until(() => { expect(talk.conversation.conversationState.value).toBe('thinking'); });
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent van Gogh.' } });
    await until(() => { expect(talk.conversation.conversationState.value).toBe('writing'); });
    answer({ text_stream_seq: -1 });
    answer({ voice_stream_seq: -1 });
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    expect(talk.conversation.messages.value.map((m) => m.text)).toEqual(['Who painted it?', 'Vincent van Gogh.']);
  });

  test('asks nothing when nothing was written', async () => {
    talk.conversation.ask('   ');
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    expect(talk.conversation.exchanges.value).toEqual([]);
  });

  test('answers a heartbeat', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.say('HEARTBEAT', { remaining_seconds: 1000 });
    await until(() => { expect(talk.server.of('HEARTBEAT_REPLY')).toHaveLength(1); });
  });

  test('waits as long as a busy server says, and asks again', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    talk.server.say('ERROR', { error_code: 'RATE_LIMITED', error_msg: '', retryable: true, request_id: requestId(), retry_after_ms: 20 });
    await asked(2);
    expect(requestId(1)).not.toBe(requestId(0));
    expect(exchange()?.phase).toBe('waiting');
  });

  test('says that it failed, and asks again when told to', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    talk.server.say('ERROR', { error_code: 'INTERNAL_ERROR', error_msg: '', retryable: true, request_id: requestId() });
    await until(() => { expect(talk.conversation.conversationState.value).toBe('failed'); });
    talk.conversation.again();
    await asked(2);
  });

  test('interrupts when it is stopped, and shows nothing of that turn any more', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    answer({ sequence: 0, text_stream_seq: 0, content: { text: 'Vincent.' } });
    await until(() => { expect(talk.conversation.messages.value).toHaveLength(2); });
    talk.conversation.stop();
    await until(() => { expect(talk.server.of('INTERRUPT').map((m) => m.payload)).toEqual([{ interrupt_request_id: requestId(), reason: 'USER_STOP' }]); });
    answer({ sequence: 1, text_stream_seq: 1, content: { text: 'More.' } });
    talk.server.say('STATUS', { capabilities: { voice: 'away' } });
    await until(() => { expect(talk.conversation.capabilities.value.voice).toBe('away'); });
    expect(talk.conversation.messages.value[1]?.text).toBe('Vincent.');
    expect(exchange()?.phase).toBe('stopped');
  });

  test('speaks another language after registering anew', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.language.value = 'zh';
    talk.conversation.languageChanged();
    await until(() => { expect(talk.server.of('REGISTER').at(-1)?.payload).toMatchObject({ language: 'zh' }); });
  });

  test('asks for text alone when nobody wants to hear it', async () => {
    talk.aloud.value = false;
    talk.conversation.ask('Who painted it?');
    await asked(1);
    expect(talk.server.of('REQUEST')[0]?.payload).toMatchObject({ require_tts: false });
  });

  test('answers in writing, and says so, where no sound can be opened', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    vi.stubGlobal('AudioContext', function () { throw new DOMException('no device', 'NotSupportedError'); });
    talk.conversation.ask('Who painted it?');
    await asked(1);
    talk.server.say('AUDIO_META', { seq: 1, turn_id: 1, sequence: 0, size: 4, duration_ms: 0.125, text: 'Vincent.', sample_rate: 16_000, start_ms: 0, last: true }, new Uint8Array(4));
    await until(() => { expect(talk.conversation.capabilities.value.voice).toBe('away'); });
    expect(reported).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });

  test('ignores what it does not understand', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.server.say('SOMETHING_NEW', { a: 1 });
    talk.server.open[0]?.send('not even JSON');
    talk.server.open[0]?.send(new Uint8Array([1, 2, 3]));
    talk.server.say('SESSION_WARN', { warn_type: 'EXPIRE_SOON', remaining_seconds: 300 });
    await until(() => { expect(talk.conversation.endsSoon.value).toBe(true); });
    expect(talk.conversation.conversationState.value).toBe('ready');
  });

  test('tells at once when the visitor wants to hear it or not, by which voice, and where they are', async () => {
    await until(() => { expect(talk.conversation.conversationState.value).toBe('ready'); });
    talk.aloud.value = false;
    await until(() => { expect(talk.server.of('REQUEST')).toHaveLength(1); });
    talk.voice.value = 'slt';
    await until(() => { expect(talk.server.of('REQUEST')).toHaveLength(2); });
    talk.conversation.setScene({ hall: 3, exhibitId: 'starry-night' });
    await until(() => { expect(talk.server.of('REQUEST')).toHaveLength(3); });
    expect(talk.server.of('REQUEST').map((m) => m.payload['update_session'])).toMatchObject([
      { require_tts: false }, { voice: { name: 'slt' } }, { scene_context: { hall: 3, exhibit_id: 'starry-night' } },
    ]);
    talk.server.drop();
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.server.of('REGISTER')[1]?.payload).toMatchObject({ require_tts: false, voice: { name: 'slt' }, scene_context: { hall: 3, exhibit_id: 'starry-night' } });
  });

  test('knows nothing of the last visitor when the next one comes', async () => {
    talk.conversation.ask('Who painted it?');
    await asked(1);
    talk.conversation.startOver();
    expect(talk.conversation.exchanges.value).toEqual([]);
    await until(() => { expect(talk.server.of('REGISTER')).toHaveLength(2); });
    expect(talk.server.of('REGISTER')[1]?.payload).not.toHaveProperty('resume');
    expect(talk.forgotten).toBe(1);
  });

  test('refuses to listen without a microphone, and leaves nothing open', async () => {
    await expect(talk.conversation.startConversation({ microphone: true })).rejects.toThrow('cannot initialise audio recording');
    await until(() => { expect(talk.server.open).toHaveLength(0); });
    expect(talk.conversation.conversationState.value).toBe('closed');
  });

  test('leaves when it ends', async () => {
    talk.conversation.endConversation();
    await until(() => { expect(talk.server.open).toHaveLength(0); });
    expect(talk.conversation.conversationState.value).toBe('closed');
  });
});
