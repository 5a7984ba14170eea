import { useResourceManager } from '../resources/useResourceManager';

/** The way to the ear: one sound context, its volume and its clock. */
export interface Loudspeaker {
  /** Call it inside a user's gesture: browsers let a page sound only then. Null: there is no sound here, the answer is read. */
  unlock(): AudioContext | null;
  /** Where sources are connected; null before it was unlocked. */
  readonly input: AudioNode | null;
  /** Seconds on the clock of the sound, of what reaches the ear at this moment. */
  ear(): number;
  /** Quiet for a moment, without a click, while sources are exchanged; returns when they may stop, on the sound's clock. */
  dip(): number;
  /** Clock and sound stand still, and go on from there. */
  pause(): void;
  resume(): void;
  readonly paused: boolean;
  /** Its clock goes on. */
  readonly runs: boolean;
  setMuted(muted: boolean): void;
  release(): void;
}

// The sound we ask the server for. A context of the same rate joins the pieces without a seam: resampling happens after them.
const contextRate = 16_000;
const fadeSeconds = 0.008; // Cut without it, a wave clicks.

export function createLoudspeaker(): Loudspeaker {
  const resources = useResourceManager();
  let context: AudioContext | null = null;
  let gain: GainNode | null = null;
  let muted = false;
  let paused = false;
  let broken = false;
  let cancelStill = () => { /* nothing is timed */ };

  function unlock(): AudioContext | null {
    if (typeof AudioContext === 'undefined' || broken) return null;
    try {
      context ??= open();
    } catch (failure) {
      broken = true; // No device, or too many contexts: whoever only wants to ask is not kept from it.
      reportError(failure);
      return null;
    }
    // iOS calls it "interrupted" after a phone call.
    if (!paused && context.state !== 'running') void context.resume();
    return context;
  }

  function open(): AudioContext {
    const opened = new AudioContext({ sampleRate: contextRate, latencyHint: 'interactive' });
    gain = new GainNode(opened, { gain: muted ? 0 : 1 });
    gain.connect(opened.destination);
    resources.registerResource(() => {
      context = gain = null;
      if (opened.state !== 'closed') void opened.close();
    });
    return opened;
  }

  function fadeTo(volume: number): void {
    if (!context || !gain) return;
    gain.gain.cancelScheduledValues(context.currentTime);
    gain.gain.setTargetAtTime(volume, context.currentTime, fadeSeconds / 3);
  }

  function dip(): number {
    if (!context || !gain) return 0;
    if (paused) return context.currentTime; // It is silent already.
    fadeTo(0);
    gain.gain.setValueAtTime(muted ? 0 : 1, context.currentTime + fadeSeconds * 2);
    return context.currentTime + fadeSeconds;
  }

  function pause(): void {
    if (paused || !context) return;
    paused = true;
    fadeTo(0);
    const timer = setTimeout(() => void context?.suspend(), fadeSeconds * 2000);
    cancelStill = resources.registerResource(() => clearTimeout(timer));
  }

  function resume(): void {
    if (!paused) return;
    paused = false;
    cancelStill();
    unlock();
    fadeTo(muted ? 0 : 1);
  }

  function setMuted(value: boolean): void {
    muted = value;
    if (!paused) fadeTo(muted ? 0 : 1);
  }

  function release(): void {
    paused = broken = false;
    resources.cleanup();
  }

  return {
    unlock, dip, pause, resume, setMuted, release,
    ear: () => (context ? context.currentTime - (context.outputLatency || context.baseLatency || 0) : 0),
    get input() { return gain; },
    get paused() { return paused; },
    get runs() { return context?.state === 'running'; },
  };
}
