/** Silk on wood: plucked tones, −28 LUFS or softer (look.md §7). */
export type SmallSound = 'listening' | 'resting' | 'knot' | 'joined' | 'tangle';

interface Pluck {
  hz: number;
  /** Seconds after the beginning, and until it has faded. */
  at: number;
  length: number;
}

const d5 = 587.33;
const a4 = 440;

const plucks: Record<SmallSound, readonly Pluck[]> = {
  listening: [{ hz: d5, at: 0, length: 0.14 }],
  resting: [{ hz: a4, at: 0, length: 0.14 }],
  knot: [{ hz: 1900, at: 0, length: 0.04 }],
  joined: [{ hz: a4, at: 0, length: 0.14 }, { hz: d5, at: 0.12, length: 0.16 }],
  tangle: [{ hz: 196, at: 0, length: 0.09 }],
};

const loudness = 0.045;

/** Plays on a context of its own, opened with the first sound and closed with `close`. */
export function createSmallSounds(open: () => AudioContext = () => new AudioContext()): { play(sound: SmallSound): void; close(): void } {
  let context: AudioContext | null = null;

  function play(sound: SmallSound): void {
    if (typeof AudioContext === 'undefined') return;
    context ??= open();
    // A browser that has not been touched yet stays silent: these sounds are never the only sign.
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    for (const { hz, at, length } of plucks[sound]) pluck(context, hz, context.currentTime + at, length);
  }

  function close(): void {
    if (context && context.state !== 'closed') void context.close();
    context = null;
  }

  return { play, close };
}

/** A harmonic: the tone, and its octave that dies sooner. */
function pluck(context: AudioContext, hz: number, at: number, length: number): void {
  for (const [factor, share] of [[1, 1], [2, 0.35]] as const) {
    const tone = new OscillatorNode(context, { type: 'sine', frequency: hz * factor });
    const level = new GainNode(context, { gain: 0 });
    level.gain.setValueAtTime(0, at);
    level.gain.linearRampToValueAtTime(loudness * share, at + 0.004);
    level.gain.exponentialRampToValueAtTime(0.0001, at + length / factor + 0.01);
    tone.connect(level).connect(context.destination);
    tone.start(at);
    tone.stop(at + length + 0.05);
  }
}
