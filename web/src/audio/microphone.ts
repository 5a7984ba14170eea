import { useResourceManager, type Cleanup } from '../resources/useResourceManager';
import captureUrl from './captureWorklet.js?url';
import { pcmOf } from './pcm';

export interface Microphone {
  /** False when the visitor or the device says no. */
  start(): Promise<boolean>;
  stop(): void;
}

/**
 * The microphone as PCM16 mono 16 kHz frames of 40 ms. An audio worklet does what a MediaRecorder cannot:
 * the protocol wants bare PCM, continuously.
 */
export function createMicrophone(onFrame: (pcm: ArrayBuffer) => void, onEnded: () => void): Microphone {
  const resources = useResourceManager();
  let current = 0; // Numbers the attempts: one that was stopped while the browser still asked gives back what it got.

  async function start(): Promise<boolean> {
    stop();
    const attempt = current;
    const opened: Cleanup[] = [];
    const hold = (cleanup: Cleanup) => opened.push(resources.registerResource(cleanup));
    try {
      await open(hold, () => attempt === current);
      if (attempt === current) return true;
    } catch {
      // Refused, or no such device: the caller gets false, and the state says so in words.
    }
    opened.reverse().forEach((release) => release());
    return false;
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

    const source = context.createMediaStreamSource(stream);
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = (event: MessageEvent<Float32Array>) => onFrame(pcmOf(event.data));
    source.connect(capture);
    hold(() => {
      capture.port.onmessage = null;
      capture.port.close();
      source.disconnect();
    });
    tracks.forEach((track) => track.addEventListener('ended', ended, { once: true }));
  }

  // The device was unplugged, or the permission taken back.
  function ended(): void {
    stop();
    onEnded();
  }

  function stop(): void {
    current += 1;
    resources.cleanup();
  }

  return { start, stop };
}
