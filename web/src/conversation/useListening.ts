import { computed, watch, type ComputedRef } from 'vue';
import type { AudioManager } from '../audio/useAudioManager';
import type { ServerMessage } from '../protocol/serverMessages';
import { createMicrophoneLine } from './microphoneLine';
import type { GuideLink } from './guideLink';
import { useHearing } from './useHearing';
import type { MicrophoneState } from './voiceConversation';

export interface Listening {
  start(): Promise<boolean>;
  stop(): void;
  /** Stops, and what was heard here is not told to anybody any more. */
  forget(): void;
  /** A frame of the microphone. */
  take(pcm: ArrayBuffer): void;
  hear(message: ServerMessage): void;
  /** The microphone is open, or about to be. */
  wanted(): boolean;
  microphone: ComputedRef<MicrophoneState>;
  words: ComputedRef<string | null>;
}

/** The visitor's side of a spoken conversation: the microphone, its way to the guide, and what is heard there. */
export function useListening(audio: AudioManager, link: GuideLink): Listening {
  const line = createMicrophoneLine(link.sendSound);
  const hearing = useHearing();
  let refused = false; // For the rest of this conversation: a line is given once, when it begins.

  const microphone = computed<MicrophoneState>(() => {
    if (audio.recordingState.value === 'recording') return 'on';
    if (audio.recordingState.value === 'deaf') return 'missing';
    return audio.recordingState.value === 'starting' ? 'asking' : audio.microphoneProblem.value ?? 'off';
  });

  async function start(): Promise<boolean> {
    if (microphone.value === 'on' || microphone.value === 'asking') return microphone.value === 'on';
    audio.unlock();
    line.reopened();
    const opened = await audio.startRecording();
    if (opened && refused) {
      refused = false;
      link.reregister();
    } else if (opened && !link.registered.value) void link.connection.connect();
    return opened;
  }

  function stop(): void {
    audio.stopRecording();
    hearing.forget();
  }

  function forget(): void {
    stop();
    line.forget();
  }

  function hear(message: ServerMessage): void {
    hearing.take(message);
    // A call that is over, or has no line for a microphone, goes on in writing.
    const isOver = message.msg_type === 'SHUTDOWN' && message.payload.reconnect_after_ms === undefined;
    const isRefused = message.msg_type === 'ERROR' && message.payload.error_code === 'SERVER_BUSY' && !message.payload.request_id && link.registered.value;
    if (!wanted() || !(isOver || isRefused)) return;
    refused ||= isRefused;
    stop();
  }

  const wanted = (): boolean => audio.recordingState.value !== 'inactive';

  watch(link.registered, (present) => {
    if (present) line.registered(link.resumed());
    else hearing.fade(); // That speech stopped is not said again after a break.
  }, { flush: 'sync' });
  // What is said here is not meant for the window that has the conversation now.
  watch(link.replaced, (replaced) => { if (replaced) forget(); });
  watch(microphone, (state) => { if (state !== 'on') hearing.forget(); });

  return { start, stop, forget, hear, wanted, take: line.take, microphone, words: computed(() => hearing.words.value) };
}
