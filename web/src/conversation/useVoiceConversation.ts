import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useAudioManager } from '../audio/useAudioManager';
import type { HeardAt } from '../audio/soundSchedule';
import type { VisitorPass } from '../auth/visitorPass';
import type { Backoff } from '../connection/backoff';
import { useOnline } from '../connection/useOnline';
import { voicedCharacters } from '../captions/voiced';
import { wordEnd } from '../captions/words';
import { createFaceTracks, type FaceNow } from '../guide/faceTracks';
import type { AudioMeta, Capabilities, ServerMessage } from '../protocol/serverMessages';
import { deriveConversationState, type ConversationState } from './state';
import { emptyTranscript, isPending, isStopped, receive, stop as stopped, turnOf, type Exchange, type Transcript } from './transcript';
import type { Turn } from './turn';
import { messagesOf, type VoiceMessage } from './messages';
import { useGuideLink } from './useGuideLink';
import { useQuestionDelivery } from './useQuestionDelivery';

export interface ConversationOptions {
  wsUrl: string;
  pass: VisitorPass;
  language: () => string;
  /** The visitor wants to hear the answers. */
  aloud: Readonly<Ref<boolean>>;
  backoff?: Backoff;
}

export interface VoiceConversation {
  /** Connects; with `microphone`, listens as well. Throws when listening is wanted and impossible; then nothing stays open. */
  startConversation(how?: { microphone: boolean }): Promise<void>;
  endConversation(): void;
  ask(question: string): void;
  /** Silence at once; the answer ends where the voice was. */
  stop(): void;
  /** After a failure: the question once more, or the connection. */
  again(): void;
  /** Speaks another language from now on. */
  languageChanged(): void;
  /** Inside a user's gesture: lets the page sound. */
  unlockSound(): void;
  heard(): HeardAt | null;
  face(): FaceNow;
  messages: ComputedRef<readonly VoiceMessage[]>;
  exchanges: ComputedRef<readonly Exchange[]>;
  turn(exchange: Exchange | undefined): Turn | undefined;
  conversationState: ComputedRef<ConversationState>;
  capabilities: Readonly<Ref<Partial<Capabilities>>>;
  /** The session ends within minutes unless the visitor goes on. */
  endsSoon: Readonly<Ref<boolean>>;
}

/** A conversation with the guide: composes connection and sound, and shows only what the page talks about. */
export function useVoiceConversation(options: ConversationOptions): VoiceConversation {
  const transcript = shallowRef<Transcript>(emptyTranscript);
  const capabilities = shallowRef<Partial<Capabilities>>({});
  const endsSoon = ref(false);
  const online = useOnline();
  const faces = createFaceTracks();

  const audio = useAudioManager({
    onReport: ({ turnId, sequence, playedMs, state }) =>
      link.send('PLAYBACK', { turn_id: turnId, sequence, played_ms: playedMs, state }),
  });
  const link = useGuideLink({
    url: options.wsUrl, pass: options.pass, language: options.language, requireTts: () => options.aloud.value,
    onMessage: take, onSound: sound, ...(options.backoff ? { backoff: options.backoff } : {}),
  });
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
    exchange: newest.value,
    hasText: (turnOf(transcript.value, newest.value)?.sentences.length ?? 0) > 0,
  }));

  function take(message: ServerMessage): void {
    transcript.value = receive(transcript.value, message);
    if (message.msg_type === 'STATUS') capabilities.value = { ...capabilities.value, ...message.payload.capabilities };
    else if (message.msg_type === 'AVATAR_TRACK') faces.add(message.payload);
    else if (message.msg_type === 'SESSION_WARN') endsSoon.value = true;
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
    if (connected && (await audio.startRecording())) return;
    link.connection.disconnect();
    throw new Error(connected ? 'cannot initialise audio recording' : 'cannot connect');
  }

  function endConversation(): void {
    audio.cleanup();
    link.connection.disconnect();
  }

  function hush(): void {
    const heard = audio.heard();
    const sentence = heard && transcript.value.turns.get(heard.turnId)?.sentences.find((s) => s.sequence === heard.sequence);
    audio.silence();
    transcript.value = stopped(transcript.value, heard && sentence
      ? { turnId: heard.turnId, sequence: heard.sequence, characters: wordEnd(sentence.text, voicedCharacters(sentence, heard.ms)) }
      : null);
  }

  function ask(question: string): void {
    const text = question.trim();
    if (text === '') return;
    audio.unlock();
    hush();
    endsSoon.value = false;
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

  watch(options.aloud, (aloud) => audio.setMuted(!aloud), { immediate: true });
  // Back in the network, or back at the page: no need to wait for the next attempt.
  watch(online, (present) => {
    if (present && !link.registered.value && !link.replaced.value) void link.connection.connect();
  });

  return {
    startConversation, endConversation, ask, stop, again, languageChanged,
    unlockSound: audio.unlock, heard: audio.heard, face: () => faces.at(audio.heard()),
    messages: computed(() => messagesOf(transcript.value)),
    exchanges: computed(() => transcript.value.exchanges),
    turn: (exchange) => turnOf(transcript.value, exchange),
    conversationState, capabilities, endsSoon,
  };
}
