import { computed, shallowRef, watch } from 'vue';
import { useAudioManager } from '../audio/useAudioManager';
import { useOnline } from '../connection/useOnline';
import type { ServerMessage } from '../protocol/serverMessages';
import { messagesOf } from './messages';
import { deriveConversationState } from './state';
import { closeSession, emptyTranscript, isPending, receive, turnOf, type Transcript } from './transcript';
import { useGuideLink } from './useGuideLink';
import { useGuideVoice } from './useGuideVoice';
import { useListening } from './useListening';
import { useNotices } from './useNotices';
import { useQuestionDelivery } from './useQuestionDelivery';
import { useRatings } from './useRatings';
import { useReturning } from './useReturning';
import { useWishes } from './useWishes';
import type { ConversationOptions, VoiceConversation } from './voiceConversation';

export type { ConversationOptions, MicrophoneState, Scene, VoiceConversation } from './voiceConversation';

/** A conversation with the guide: composes connection and sound, and shows only what the page talks about. */
export function useVoiceConversation(options: ConversationOptions): VoiceConversation {
  const transcript = shallowRef<Transcript>(emptyTranscript);
  const online = useOnline();
  const notices = useNotices();

  const audio = useAudioManager({
    onFrame: (pcm) => listening.take(pcm),
    onReport: ({ turnId, sequence, playedMs, state }) =>
      link.send('PLAYBACK', { turn_id: turnId, sequence, played_ms: playedMs, state }),
  });
  const link = useGuideLink({
    url: () => `${options.wsUrl}/${listening.wanted() ? 'ws/voice/call' : 'ws/text/stream'}`,
    pass: options.pass, wishes: () => wishes, onMessage: take, onSound: (meta, pcm) => guideVoice.play(meta, pcm), ...(options.backoff ? { backoff: options.backoff } : {}),
  });
  const guideVoice = useGuideVoice(audio, transcript);
  const listening = useListening(audio, link);
  const wishes = useWishes(options, () => link);
  const delivery = useQuestionDelivery(transcript, link, link.registered);

  const newest = computed(() => transcript.value.exchanges.at(-1));
  const conversationState = computed(() => deriveConversationState({
    connection: link.connection.connectionState.value,
    attempts: link.connection.reconnectAttempts.value,
    registered: link.registered.value,
    replaced: link.replaced.value,
    refused: link.refused.value,
    online: online.value,
    recording: audio.recordingState.value,
    playback: options.aloud.value ? audio.playbackState.value : 'idle', // What nobody hears is not spoken.
    hearing: !!listening.words.value,
    busy: notices.busyUntil.value !== null,
    exchange: newest.value,
    hasText: (turnOf(transcript.value, newest.value)?.sentences.length ?? 0) > 0,
  }));

  let session: string | null = null;
  function take(message: ServerMessage): void {
    if (message.msg_type === 'REGISTER_ACK') {
      if (session !== null && session !== message.payload.session_id) transcript.value = closeSession(transcript.value);
      session = message.payload.session_id;
    }
    guideVoice.take(message);
    transcript.value = receive(transcript.value, message);
    notices.take(message);
    listening.hear(message);
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
    listening.forget();
    audio.silence();
    transcript.value = { ...emptyTranscript, aloud: options.aloud.value };
    notices.wentOn();
    link.startAnew();
  }

  function startListening(): Promise<boolean> {
    notices.stays();
    return listening.start();
  }

  function ask(question: string): void {
    const text = question.trim();
    if (text === '') return;
    audio.unlock();
    guideVoice.hush();
    notices.wentOn();
    delivery.deliver(text, options.aloud.value);
  }

  function stop(): void {
    const running = newest.value;
    if (!running || (!isPending(running) && audio.playbackState.value === 'idle')) return;
    guideVoice.hush();
    interrupt(running.requestId);
  }

  // While the line is away the guide talks on; it is told when it is back.
  let untold: string | null = null;
  function interrupt(requestId: string): void {
    untold = link.registered.value && link.send('INTERRUPT', { interrupt_request_id: requestId, reason: 'USER_STOP' }) ? null : requestId;
  }

  function again(): void {
    if (newest.value?.phase === 'failed') delivery.again();
    if (!link.registered.value) void link.connection.connect();
  }

  function languageChanged(): void {
    stop();
    link.reregister();
  }

  watch(options.aloud, (aloud) => {
    audio.setMuted(!aloud);
    transcript.value = { ...transcript.value, aloud };
  }, { immediate: true });
  watch(link.registered, (present) => { if (present && untold !== null && link.resumed()) interrupt(untold); });
  watch(link.replaced, (replaced) => { if (replaced) audio.silence(); });
  useReturning(online, link, listening);

  return {
    startConversation, endConversation, startOver, ask, stop, again, languageChanged, rate: useRatings(transcript, options.pass), setScene: wishes.setScene,
    startListening, stopListening: listening.stop, microphone: listening.microphone, hearing: listening.words,
    level: audio.level, unlockSound: audio.unlock, heard: audio.heard, face: guideVoice.face,
    messages: computed(() => messagesOf(transcript.value)),
    exchanges: computed(() => transcript.value.exchanges),
    turn: (exchange) => turnOf(transcript.value, exchange),
    conversationState, ending: notices.ending, busyUntil: notices.busyUntil,
    // A voice that cannot be heard here is away.
    capabilities: computed(() => (audio.soundless.value ? { ...notices.capabilities.value, voice: 'away' as const } : notices.capabilities.value)),
    endsSoon: computed(() => notices.ending.value === 'EXPIRE_SOON'),
    nextStop: computed(() => turnOf(transcript.value, newest.value)?.nextStop ?? null),
  };
}
