import { useResourceManager, type Cleanup } from '../resources/useResourceManager';
import captureUrl from './captureWorklet.js?url';
import { loudnessOf, pcmOf } from './pcm';

/** Why there is no microphone: the visitor or the browser says no, or the device has none that can be opened. */
export type MicrophoneProblem = 'refused' | 'missing';

/** `given up`: it was stopped while the browser still asked. */
export type MicrophoneOpening = 'open' | 'given up' | MicrophoneProblem;

export interface Microphone {
  start(): Promise<MicrophoneOpening>;
  stop(): void;
  /** Inside a user's gesture: what another app took away may be had again. */
  wake(): void;
  /** How loud it is at this moment, 0 to 1; 0 while it is off. */
  level(): number;
}

export interface MicrophoneEvents {
  /** The device was unplugged, or the permission taken back. */
  ended(why: MicrophoneProblem): void;
  /** Nothing is heard for the time being (a telephone call, another app), or again. */
  deaf(deaf: boolean): void;
}

const rate = 16_000;

/**
 * The microphone as PCM16 mono 16 kHz frames of 40 ms. An audio worklet does what a MediaRecorder cannot:
 * the protocol wants bare PCM, continuously.
 */
export function createMicrophone(onFrame: (pcm: ArrayBuffer) => void, on: MicrophoneEvents): Microphone {
  const resources = useResourceManager();
  let current = 0; // Numbers the attempts: one that was stopped while the browser still asked gives back what it got.
  let level = 0;
  let wake = () => { /* nothing is open */ };

  async function start(): Promise<MicrophoneOpening> {
    stop();
    const attempt = current;
    const opened: Cleanup[] = [];
    const hold = (cleanup: Cleanup) => opened.push(resources.registerResource(cleanup));
    let problem: MicrophoneProblem | null = null;
    try {
      await open(hold, () => attempt === current);
      if (attempt === current) return 'open';
    } catch (failure) {
      problem = problemOf(failure);
    }
    opened.reverse().forEach((release) => release());
    return attempt === current && problem !== null ? problem : 'given up';
  }

  async function open(hold: (cleanup: Cleanup) => void, wanted: () => boolean): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    const tracks = stream.getTracks();
    hold(() => tracks.forEach((track) => track.stop()));
    if (!wanted()) return;

    const context = new AudioContext();
    hold(() => void context.close());
    await context.audioWorklet.addModule(captureUrl);
    if (!wanted()) return;
    // A page that was opened by a link may hold its sound back until it is touched, its microphone's as well.
    if (context.state !== 'running') void context.resume();

    const source = context.createMediaStreamSource(stream);
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = (event: MessageEvent<Float32Array>) => take(event.data);
    source.connect(capture);
    hold(() => {
      capture.port.onmessage = null;
      capture.port.close();
      source.disconnect();
    });
    tracks.forEach((track) => track.addEventListener('ended', () => void ended(), { once: true }));
    watchOver(context, tracks);
    hold(() => { context.onstatechange = null; });
  }

  function watchOver(context: AudioContext, tracks: MediaStreamTrack[]): void {
    wake = () => { if (context.state !== 'running' && context.state !== 'closed') void context.resume(); };
    const look = () => {
      const deaf = context.state !== 'running' || tracks.some((track) => track.muted);
      if (deaf) level = 0;
      on.deaf(deaf);
      wake();
    };
    context.onstatechange = look;
    tracks.forEach((track) => { track.onmute = track.onunmute = look; });
  }

  function take(samples: Float32Array): void {
    level = Math.max(...loudnessOf(samples, rate));
    onFrame(pcmOf(samples));
  }

  async function ended(): Promise<void> {
    stop();
    on.ended(await stillAllowed() ? 'missing' : 'refused');
  }

  function stop(): void {
    current += 1;
    level = 0;
    wake = () => { /* nothing is open */ };
    resources.cleanup();
  }

  return { start, stop, wake: () => wake(), level: () => level };
}

// A page without TLS has no mediaDevices at all, which is an error of its own type: there is no microphone for it.
function problemOf(failure: unknown): MicrophoneProblem {
  return failure instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(failure.name) ? 'refused' : 'missing';
}

async function stillAllowed(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
  } catch {
    return true; // A browser that does not tell.
  }
}
