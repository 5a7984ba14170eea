import { computed, shallowRef, watch } from 'vue';
import { rateAnswer } from '../api/ratings';
import { useAudioManager } from '../audio/useAudioManager';
import { useOnline } from '../connection/useOnline';
import { voicedCharacters } from '../captions/voiced';
import { wordEnd } from '../captions/words';
import { createFaceTracks } from '../guide/faceTracks';
import type { AudioMeta, ServerMessage } from '../protocol/serverMessages';
import { messagesOf } from './messages';
import { deriveConversationState } from './state';
import { breakOff, closeSession, emptyTranscript, isPending, isStopped, rated, receive, stop as stopped, turnOf, type HeardPart, type Rating, type Transcript } from './transcript';
import { useGuideLink } from './useGuideLink';
import { useListening } from './useListening';
import { useNotices } from './useNotices';
import { useQuestionDelivery } from './useQuestionDelivery';
import { useScene } from './useScene';
import type { ConversationOptions, VoiceConversation } from './voiceConversation';

export type { ConversationOptions, MicrophoneState, Scene, VoiceConversation } from './voiceConversation';

/** A conversation with the guide: composes connection and sound, and shows only what the page talks about. */
export function useVoiceConversation(options: ConversationOptions): VoiceConversation {
  const transcript = shallowRef<Transcript>(emptyTranscript);
  const online = useOnline();
  const faces = createFaceTracks();
  const notices = useNotices();

  const audio = useAudioManager({
    onFrame: (pcm) => listening.take(pcm),
    onReport: ({ turnId, sequence, playedMs, state }) =>
      link.send('PLAYBACK', { turn_id: turnId, sequence, played_ms: playedMs, state }),
  });
  const link = useGuideLink({
    url: () => `${options.wsUrl}/${listening.wanted() ? 'ws/voice/call' : 'ws/text/stream'}`,
    pass: options.pass, language: options.language, requireTts: () => options.aloud.value, scene: () => scene.context(),
    onMessage: take, onSound: sound, ...(options.backoff ? { backoff: options.backoff } : {}),
  });
  const listening = useListening(audio, link);
  const scene = useScene(link);
  const delivery = useQuestionDelivery(transcript, link, link.registered);

  const newest = computed(() => transcript.value.exchanges.at(-1));
  const conversationState = computed(() => deriveConversationState({
    connection: link.connection.connectionState.value,
    attempts: link.connection.reconnectAttempts.value,
    registered: link.registered.value,
    replaced: link.replaced.value,
    online: online.value,
    recording: audio.recordingState.value,
    playback: audio.playbackState.value,
    hearing: listening.words.value !== null,
    busy: notices.busyUntil.value !== null,
    exchange: newest.value,
    hasText: (turnOf(transcript.value, newest.value)?.sentences.length ?? 0) > 0,
  }));

  let session: string | null = null;
  function take(message: ServerMessage): void {
    if (message.msg_type === 'REGISTER_ACK') {
      if (session !== null && session !== message.payload.session_id) transcript.value = closeSession(transcript.value);
      session = message.payload.session_id;
    } else if (message.msg_type === 'TURN_ENDED' && message.payload.interrupted) {
      silenceTurn(message.payload.turn_id);
    }
    transcript.value = receive(transcript.value, message);
    notices.take(message);
    listening.hear(message);
    if (message.msg_type === 'AVATAR_TRACK') faces.add(message.payload);
    else if (message.msg_type === 'TURN_PAUSED') audio.pause();
    else if (message.msg_type === 'TURN_RESUMED') audio.resume();
    else if (message.msg_type === 'RESPONSE' && message.payload.voice_stream_seq === -1) audio.closeTurn(message.payload.turn_id);
    else if (message.msg_type === 'TURN_ENDED') audio.closeTurn(message.payload.turn_id);
  }

  function sound(meta: AudioMeta, pcm: ArrayBuffer): void {
    if (isStopped(transcript.value, meta.turn_id)) return;
    audio.enqueue({
      turnId: meta.turn_id, sequence: meta.sequence, startMs: meta.start_ms,
      last: meta.last === true, sampleRate: meta.sample_rate, pcm,
    });
  }

  async function startConversation({ microphone } = { microphone: false }): Promise<void> {
    const connected = await link.connection.connect();
    if (!microphone) return; // In writing, a lost connection comes back by itself.
    if (connected && (await listening.start())) return;
    endConversation();
    throw new Error(connected ? 'cannot initialise audio recording' : 'cannot connect');
  }

  function endConversation(): void {
    listening.stop();
    audio.cleanup();
    link.connection.disconnect();
  }

  function startOver(): void {
    listening.stop();
    audio.silence();
    transcript.value = emptyTranscript;
    notices.wentOn();
    scene.set(null);
    link.startAnew();
  }

  /** What the voice has said of the sentence that is heard at this moment. */
  function heardPart(): HeardPart | null {
    const heard = audio.heard();
    const sentence = heard && transcript.value.turns.get(heard.turnId)?.sentences.find((s) => s.sequence === heard.sequence);
    return heard && sentence
      ? { turnId: heard.turnId, sequence: heard.sequence, characters: wordEnd(sentence.text, voicedCharacters(sentence, heard.ms)) }
      : null;
  }

  function hush(): void {
    const heard = heardPart();
    audio.silence();
    transcript.value = stopped(transcript.value, heard);
  }

  // By the visitor's voice; an answer that was asked for since then goes on.
  function silenceTurn(turnId: number): void {
    const heard = heardPart();
    if (heard?.turnId !== turnId) return;
    audio.silence();
    transcript.value = breakOff(transcript.value, turnId, heard);
  }

  function ask(question: string): void {
    const text = question.trim();
    if (text === '') return;
    audio.unlock();
    hush();
    notices.wentOn();
    delivery.deliver(text, options.aloud.value);
  }

  function stop(): void {
    const running = newest.value;
    if (!running || (!isPending(running) && audio.playbackState.value === 'idle')) return;
    hush();
    link.send('INTERRUPT', { interrupt_request_id: running.requestId, reason: 'USER_STOP' });
  }

  function again(): void {
    if (newest.value?.phase === 'failed') delivery.again();
    if (!link.registered.value) void link.connection.connect();
  }

  function languageChanged(): void {
    stop();
    link.reregister();
  }

  async function rate(turnId: number, rating: Rating): Promise<boolean> {
    const before = transcript.value.exchanges.find((e) => e.turnId === turnId)?.rating ?? null;
    transcript.value = rated(transcript.value, turnId, rating);
    const told = turnId > 0 && (await rateAnswer(options.pass, turnId, rating));
    if (!told) transcript.value = rated(transcript.value, turnId, before);
    return told;
  }

  watch(options.aloud, (aloud) => audio.setMuted(!aloud), { immediate: true });
  // Back in the network, or back at the page: no need to wait for the next attempt.
  watch(online, (present) => {
    if (present && !link.registered.value && !link.replaced.value) void link.connection.connect();
  });

  return {
    startConversation, endConversation, startOver, ask, stop, again, languageChanged, rate, setScene: scene.set,
    startListening: listening.start, stopListening: listening.stop, microphone: listening.microphone, hearing: listening.words,
    level: audio.level, unlockSound: audio.unlock, heard: audio.heard, face: () => faces.at(audio.heard()),
    messages: computed(() => messagesOf(transcript.value)),
    exchanges: computed(() => transcript.value.exchanges),
    turn: (exchange) => turnOf(transcript.value, exchange),
    conversationState, capabilities: notices.capabilities, ending: notices.ending, busyUntil: notices.busyUntil,
    endsSoon: computed(() => notices.ending.value === 'EXPIRE_SOON'),
    nextStop: computed(() => turnOf(transcript.value, newest.value)?.nextStop ?? null),
  };
}
