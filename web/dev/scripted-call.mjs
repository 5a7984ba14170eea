import { answerTo } from './script.mjs';
import { ScriptedEar } from './scripted-ear.mjs';
import { speak, visemesOf, wordTimes } from './speech.mjs';

const chunkBytes = 6400; // 200 ms
const bytesPerMs = 32;
const aheadMs = 300;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const spokenWords = 'Did he really see the morning star?'.split(' ');

/** One demo conversation, in the order and pace of the real one. */
export class ScriptedCall {
  static turns = 0;
  /** Everything clients said, for tests. */
  static received = [];
  seq = 0;
  voice = 'ok';
  words = 0;
  spokenSince = 0;

  constructor(socket) {
    this.socket = socket;
    this.ear = new ScriptedEar((what, ms) => this.hear(what, ms));
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.ear.take(data);
      else this.take(JSON.parse(data.toString()));
    });
  }

  // A visitor who speaks over the guide: it stands still at once, and is interrupted when it was speech.
  hear(what, audio_ms) {
    const heard = (count) => spokenWords.slice(0, count).join(' ');
    if (what === 'sounds' && this.turn && !this.paused) this.send('TURN_PAUSED', { turn_id: (this.paused = this.turn), reason: 'USER_SPEECH', seq: ++this.seq });
    if (what === 'started') {
      this.spokenSince = audio_ms;
      this.send('SPEECH_STARTED', { audio_ms });
      if (this.turn) this.breakOff('USER_VOICE_INPUT');
    }
    const count = Math.min(spokenWords.length, Math.floor((audio_ms - this.spokenSince) / 250));
    if (what === 'going on' && count > this.words) this.send('TRANSCRIPT', { text: heard(this.words = count), is_final: false });
    if (what !== 'stopped') return;
    this.words = 0;
    this.send('SPEECH_STOPPED', { audio_ms });
    this.send('TRANSCRIPT', { text: heard(), is_final: true, confidence: 0.9, seq: ++this.seq });
    void this.answer(`voice_${ScriptedCall.turns + 1}`, answerTo(heard()), this.voice === 'ok');
  }

  breakOff(interrupt_reason) {
    const turn_id = this.turn;
    this.turn = this.paused = null;
    this.playedUntil = 0;
    this.send('RESPONSE', { request_id: this.request_id, turn_id, content: {}, voice_stream_seq: -1, interrupted: true, interrupt_reason, seq: ++this.seq });
    this.send('TURN_ENDED', { turn_id, interrupted: true, heard_text: '', seq: ++this.seq });
  }

  send(type, payload, binary) {
    if (this.socket.readyState !== 1) return;
    this.socket.send(JSON.stringify({ version: '1.0', msg_type: type, session_id: 'sess_demo', payload, timestamp: Date.now() }));
    if (binary) this.socket.send(binary);
  }

  take({ msg_type: type, payload }) {
    ScriptedCall.received.push({ type, payload });
    if (type === 'REGISTER') {
      this.send('REGISTER_ACK', { status: 'SUCCESS', message: '', session_id: 'sess_demo', session_timeout_seconds: 1800, resume_token: 'demo', resumed: payload.resume ? false : undefined, protocol_features: payload.features, audio: payload.audio });
      this.status();
    } else if (type === 'REQUEST') void this.request(payload);
    else if (type === 'INTERRUPT') {
      this.turn = this.paused = null;
      this.send('INTERRUPT_ACK', { interrupted_request_ids: [payload.interrupt_request_id], status: 'SUCCESS', message: '' });
    }
  }

  status() {
    this.send('STATUS', { capabilities: { voice: this.voice, face: 'ok', hearing: 'ok', llm: 'away' } });
  }

  async request({ request_id, content: { text }, require_tts }) {
    if (!text) return; // It only says where the visitor is.
    const fail = (error_code, more = {}) => this.send('ERROR', { error_code, error_msg: error_code, retryable: true, request_id, ...more });
    if (text.includes('busy')) return fail('SERVER_BUSY', { retry_after_ms: 60_000 });
    if (text.includes('error')) return fail('INTERNAL_ERROR');
    if (text.includes('drop')) return this.socket.terminate();
    if (text.includes('soon')) this.send('SESSION_WARN', { warn_type: 'EXPIRE_SOON', remaining_seconds: 300, message: '' });
    const before = this.voice;
    this.voice = text.includes('away') ? 'away' : 'ok';
    if (this.voice !== before) this.status();
    if (text.includes('slow')) await pause(20_000);
    await this.answer(request_id, answerTo(text), require_tts && this.voice === 'ok');
  }

  async answer(request_id, { language, sentences, sources, suggestions }, aloud) {
    const turn_id = ++ScriptedCall.turns;
    this.turn = turn_id;
    this.request_id = request_id;
    const respond = (payload) => this.send('RESPONSE', { request_id, turn_id, content: {}, seq: ++this.seq, ...payload });
    this.send('TURN_STARTED', { turn_id, request_id });
    await pause(500);
    for (const [sequence, text] of sentences.entries()) {
      if (this.turn !== turn_id) return;
      respond({ sequence, text_stream_seq: sequence, content: { text: `${text} ` } });
      if (sequence === 0) this.send('SOURCES', { turn_id, exhibits: sources });
      await pause(60);
    }
    respond({ text_stream_seq: -1 });
    this.send('SUGGESTIONS', { turn_id, questions: suggestions });
    if (aloud) for (const [sequence, text] of sentences.entries()) await this.say(turn_id, sequence, text, language);
    if (this.turn !== turn_id) return;
    respond({ voice_stream_seq: -1 });
    this.turn = null;
    this.send('TURN_ENDED', { turn_id, interrupted: false });
  }

  async say(turn_id, sequence, text, language) {
    if (this.turn !== turn_id) return;
    const pcm = await speak(text, language);
    const total = pcm.length / bytesPerMs;
    const words = wordTimes(text, total - 150);
    this.send('AVATAR_TRACK', { turn_id, sequence, start_ms: 0, visemes: visemesOf(words, total), expression: 'neutral', action: 'none' });
    this.playedUntil = Math.max(this.playedUntil ?? 0, Date.now());
    for (let at = 0; at < pcm.length; at += chunkBytes) {
      await pause(this.playedUntil - aheadMs - Date.now());
      if (this.turn !== turn_id) return;
      const piece = pcm.subarray(at, at + chunkBytes);
      this.playedUntil += piece.length / bytesPerMs;
      this.send('AUDIO_META', {
        seq: ++this.seq, turn_id, sequence, size: piece.length, duration_ms: piece.length / bytesPerMs, text, sample_rate: 16_000,
        start_ms: at / bytesPerMs, last: at + chunkBytes >= pcm.length, ...(at === 0 ? { words } : {}),
      }, piece);
    }
  }
}
