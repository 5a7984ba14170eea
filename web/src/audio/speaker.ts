import { createLoudspeaker } from './loudspeaker';
import { loudnessOf, samplesOf } from './pcm';
import { SoundSchedule, type HeardAt, type PlaybackReport } from './soundSchedule';

/** `waiting`: all that has come was heard, and more is to follow. */
export type PlaybackState = 'idle' | 'playing' | 'waiting' | 'paused';

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
  /** No more sound of this turn will come; without one, of any. */
  close(turnId?: number): void;
  /** Silence now, everything dropped. */
  silence(): void;
  /** Stands still where it is; what comes meanwhile waits behind it. */
  pause(): void;
  resume(): void;
  setMuted(muted: boolean): void;
  /** What reaches the ear at this moment, the way through the sound card considered. */
  heard(): HeardAt | null;
  /** Sound of this turn is heard, or waits to be. */
  holds(turnId: number): boolean;
  release(): void;
}

const checkMs = 50;
// A loudspeaker that does not run for so long (a telephone call, a browser that holds sound back) is not waited for: the answer is read.
const patienceMs = 5000;

/** Plays sentences' sound in order and without gaps. `onChange` hears when playing begins, stands still and ends; `onSilent`, that nothing can be heard here, and that it can again. */
export function createSpeaker(onReport: (report: PlaybackReport) => void, onChange: (state: PlaybackState) => void, onSilent: (silent: boolean) => void): Speaker {
  const loudspeaker = createLoudspeaker();
  const schedule = new SoundSchedule();
  const sources = new Set<AudioBufferSourceNode>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let ranAt = 0;
  let silent = false;
  let state: PlaybackState = 'idle';

  function be(next: PlaybackState): void {
    if (next === state) return;
    state = next;
    onChange(next);
  }

  function beSilent(next: boolean): void {
    if (next !== silent) onSilent(silent = next);
  }

  function enqueue({ turnId, sequence, startMs, last, sampleRate, pcm }: SoundFrame): void {
    const context = loudspeaker.unlock();
    if (!context || !loudspeaker.input) return beSilent(true);
    if (context.state === 'running') beSilent(false);
    if (silent) return;
    const samples = samplesOf(pcm);
    const durationMs = (samples.length / sampleRate) * 1000;
    const loudness = loudnessOf(samples, sampleRate);
    const place = schedule.place({ turnId, sequence, startMs, durationMs, last, loudness }, context.currentTime);
    if (!place) return;
    const buffer = new AudioBuffer({ length: samples.length, numberOfChannels: 1, sampleRate });
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(loudspeaker.input);
    source.start(place.at, place.skipMs / 1000);
    sources.add(source);
    source.onended = () => {
      source.disconnect();
      sources.delete(source);
      advance();
    };
    if (!loudspeaker.paused) be('playing');
    if (timer !== undefined) return;
    ranAt = performance.now();
    timer = setInterval(advance, checkMs);
  }

  function advance(): void {
    if (loudspeaker.runs || loudspeaker.paused) ranAt = performance.now();
    else if (performance.now() - ranAt > patienceMs) {
      beSilent(true);
      return silence();
    }
    schedule.advance(loudspeaker.ear()).forEach(onReport);
    if (schedule.empty) rest();
    else if (!loudspeaker.paused && schedule.isDry(loudspeaker.ear())) be('waiting');
  }

  function rest(): void {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    loudspeaker.resume();
    be('idle');
  }

  function pause(): void {
    if (loudspeaker.paused || timer === undefined) return;
    schedule.stand(loudspeaker.ear()).forEach(onReport);
    loudspeaker.pause();
    be('paused');
  }

  function resume(): void {
    if (!loudspeaker.paused) return;
    loudspeaker.resume();
    be('playing');
  }

  function silence(): void {
    const reports = schedule.stop(loudspeaker.ear());
    if (sources.size > 0) {
      const at = loudspeaker.dip();
      for (const source of sources) {
        source.onended = () => source.disconnect();
        source.stop(at);
      }
    }
    sources.clear();
    reports.forEach(onReport);
    rest();
  }

  function release(): void {
    silence();
    loudspeaker.release();
  }

  return {
    enqueue, silence, pause, resume, release,
    unlock: () => void loudspeaker.unlock(), setMuted: loudspeaker.setMuted,
    close: (turnId) => {
      schedule.close(turnId);
      advance();
    },
    holds: (turnId) => schedule.holds(turnId),
    heard: () => (loudspeaker.input ? schedule.at(loudspeaker.ear()) : null),
  };
}
