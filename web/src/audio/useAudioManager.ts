import { getCurrentScope, onScopeDispose, readonly, ref, type Ref } from 'vue';
import { createMicrophone, type MicrophoneProblem } from './microphone';
import { createSpeaker, type PlaybackState, type SoundFrame } from './speaker';
import type { HeardAt, PlaybackReport } from './soundSchedule';

export type { PlaybackState };
/** `deaf`: it is open, but nothing comes of it for the time being. */
export type RecordingState = 'inactive' | 'starting' | 'recording' | 'deaf';

export interface AudioOptions {
  /** PCM16 mono 16 kHz, 40 ms at a time. */
  onFrame?: (pcm: ArrayBuffer) => void;
  onReport?: (report: PlaybackReport) => void;
}

export interface AudioManager {
  /** True once the microphone runs; false when the visitor or the device says no. */
  startRecording(): Promise<boolean>;
  stopRecording(): void;
  /** Plays PCM16 mono 16 kHz after what is queued; resolves when it was heard or silenced. */
  playAudio(pcm: ArrayBuffer): Promise<void>;
  enqueue(frame: SoundFrame): void;
  /** No more sound of this turn will come; without one, of any. */
  closeTurn(turnId?: number): void;
  silence(): void;
  /** The sound stands still where it is, until `resume` or `silence`. */
  pause(): void;
  resume(): void;
  unlock(): void;
  setMuted(muted: boolean): void;
  heard(): HeardAt | null;
  /** Sound of this turn is heard, or waits to be. */
  holds(turnId: number): boolean;
  /** Stops the microphone and every track, closes the contexts. What is used afterwards is opened anew. */
  cleanup(): void;
  /** Loudness of the microphone now, 0 to 1. */
  level(): number;
  recordingState: Readonly<Ref<RecordingState>>;
  /** Why the microphone did not open when it was last wanted; null: it did. */
  microphoneProblem: Readonly<Ref<MicrophoneProblem | null>>;
  playbackState: Readonly<Ref<PlaybackState>>;
  /** Nothing can be heard here, for the time being or at all: what would sound is dropped. */
  soundless: Readonly<Ref<boolean>>;
}

// Sounds of the page itself count down from here, away from the server's turns.
let ownTurn = -1;

/** Everything that sounds or listens. It knows nothing of what is said. */
export function useAudioManager(options: AudioOptions = {}): AudioManager {
  const recordingState = ref<RecordingState>('inactive');
  const microphoneProblem = ref<MicrophoneProblem | null>(null);
  const playbackState = ref<PlaybackState>('idle');
  const soundless = ref(false);
  const waiting = new Map<number, () => void>();

  const speaker = createSpeaker(
    (report) => {
      if (report.turnId >= 0) options.onReport?.(report);
      else if (report.state !== 'started') settle(report.turnId);
    },
    (state) => {
      playbackState.value = state;
      if (state === 'idle') [...waiting.keys()].forEach(settle);
    },
    (silent) => { soundless.value = silent; },
  );
  const microphone = createMicrophone(
    (pcm) => options.onFrame?.(pcm),
    {
      ended: (why) => {
        recordingState.value = 'inactive';
        microphoneProblem.value = why;
      },
      deaf: (deaf) => {
        if (recordingState.value === 'recording' || recordingState.value === 'deaf') recordingState.value = deaf ? 'deaf' : 'recording';
      },
    },
  );

  function settle(turnId: number): void {
    waiting.get(turnId)?.();
    waiting.delete(turnId);
  }

  async function startRecording(): Promise<boolean> {
    recordingState.value = 'starting';
    microphoneProblem.value = null;
    const opening = await microphone.start();
    // Stopped in the meantime: the state has its say already.
    if (opening === 'given up') return false;
    recordingState.value = opening === 'open' ? 'recording' : 'inactive';
    microphoneProblem.value = opening === 'open' ? null : opening;
    return opening === 'open';
  }

  function stopRecording(): void {
    microphone.stop();
    recordingState.value = 'inactive';
  }

  function playAudio(pcm: ArrayBuffer): Promise<void> {
    if (pcm.byteLength < 2) return Promise.resolve();
    const turnId = ownTurn--;
    return new Promise((resolve) => {
      waiting.set(turnId, resolve);
      speaker.enqueue({ turnId, sequence: 0, startMs: 0, last: true, sampleRate: 16_000, pcm });
      if (!speaker.holds(turnId)) settle(turnId); // It cannot be heard here.
    });
  }

  function unlock(): void {
    speaker.unlock();
    microphone.wake();
  }

  function cleanup(): void {
    stopRecording();
    speaker.release();
  }

  if (getCurrentScope()) onScopeDispose(cleanup);
  return {
    startRecording, stopRecording, playAudio, cleanup,
    enqueue: speaker.enqueue, closeTurn: speaker.close, silence: speaker.silence, unlock,
    pause: speaker.pause, resume: speaker.resume, setMuted: speaker.setMuted, heard: speaker.heard, holds: speaker.holds, level: microphone.level,
    recordingState: readonly(recordingState), microphoneProblem: readonly(microphoneProblem), playbackState: readonly(playbackState), soundless: readonly(soundless),
  };
}
