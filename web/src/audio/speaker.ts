import { useResourceManager } from '../resources/useResourceManager';
import { loudnessOf, samplesOf } from './pcm';
import { SoundSchedule, type HeardAt, type PlaybackReport } from './soundSchedule';

export interface SoundFrame {
  turnId: number;
  sequence: number;
  startMs: number;
  last: boolean;
  sampleRate: number;
  /** PCM16 little endian, mono; empty when the sentence ends without more sound. */
  pcm: ArrayBuffer;
}

export interface Speaker {
  /** Call it inside a user's gesture: browsers let a page sound only then. */
  unlock(): void;
  enqueue(frame: SoundFrame): void;
  /** No more sound of this turn will come. */
  close(turnId: number): void;
  /** Silence now, everything dropped. */
  silence(): void;
  setMuted(muted: boolean): void;
  /** What reaches the ear at this moment, the way through the sound card considered. */
  heard(): HeardAt | null;
  release(): void;
}

// The sound we ask the server for. A context of the same rate joins the pieces without a seam: resampling happens after them.
const contextRate = 16_000;
const fadeSeconds = 0.008; // Cut without it, a wave clicks.
const checkMs = 50;

/** Plays sentences' sound in order and without gaps. `onChange` hears when playing begins and ends. */
export function createSpeaker(onReport: (report: PlaybackReport) => void, onChange: (playing: boolean) => void): Speaker {
  const resources = useResourceManager();
  const schedule = new SoundSchedule();
  const sources = new Set<AudioBufferSourceNode>();
  let context: AudioContext | null = null;
  let gain: GainNode | null = null;
  let muted = false;
  let timer: ReturnType<typeof setInterval> | undefined;

  function unlock(): void {
    if (typeof AudioContext === 'undefined') return; // Then the answer is read, not heard.
    if (!context) {
      const opened = (context = new AudioContext({ sampleRate: contextRate, latencyHint: 'interactive' }));
      gain = new GainNode(opened, { gain: muted ? 0 : 1 });
      gain.connect(opened.destination);
      resources.registerResource(() => {
        context = null;
        gain = null;
        if (opened.state !== 'closed') void opened.close();
      });
    }
    // iOS calls it "interrupted" after a phone call.
    if (context.state !== 'running') void context.resume();
  }

  function enqueue({ turnId, sequence, startMs, last, sampleRate, pcm }: SoundFrame): void {
    unlock();
    if (!context || !gain) return;
    const samples = samplesOf(pcm);
    const durationMs = (samples.length / sampleRate) * 1000;
    const loudness = loudnessOf(samples, sampleRate);
    const place = schedule.place({ turnId, sequence, startMs, durationMs, last, loudness }, context.currentTime);
    if (!place) return;
    const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 1, sampleRate });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(gain);
    source.start(place.at, place.skipMs / 1000);
    sources.add(source);
    source.onended = () => {
      source.disconnect();
      sources.delete(source);
      advance();
    };
    if (timer !== undefined) return;
    timer = setInterval(advance, checkMs);
    onChange(true);
  }

  function advance(): void {
    schedule.advance(ear()).forEach(onReport);
    if (schedule.empty) rest();
  }

  function rest(): void {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    onChange(false);
  }

  function silence(): void {
    const reports = schedule.stop(ear());
    if (context && gain && sources.size > 0) {
      const now = context.currentTime;
      gain.gain.cancelScheduledValues(now);
      gain.gain.setTargetAtTime(0, now, fadeSeconds / 3);
      gain.gain.setValueAtTime(muted ? 0 : 1, now + fadeSeconds * 2);
      for (const source of sources) {
        source.onended = () => source.disconnect();
        source.stop(now + fadeSeconds);
      }
    }
    sources.clear();
    reports.forEach(onReport);
    rest();
  }

  function ear(): number {
    if (!context) return 0;
    return context.currentTime - (context.outputLatency || context.baseLatency || 0);
  }

  function setMuted(value: boolean): void {
    muted = value;
    if (context && gain) gain.gain.setTargetAtTime(muted ? 0 : 1, context.currentTime, fadeSeconds);
  }

  function release(): void {
    silence();
    resources.cleanup();
  }

  return {
    unlock, enqueue, silence, setMuted, release,
    close: (turnId) => {
      schedule.close(turnId);
      advance();
    },
    heard: () => (context ? schedule.at(ear()) : null),
  };
}

