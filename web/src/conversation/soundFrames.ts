import type { AudioMeta } from '../protocol/serverMessages';

/** Brings a piece of sound together with what announced it: AUDIO_META, then one binary frame. */
export interface SoundFrames {
  announce(meta: AudioMeta): void;
  frame(pcm: ArrayBuffer): void;
  /** Another connection: what was announced on the last one comes no more. */
  reset(): void;
}

export function createSoundFrames(onSound: (meta: AudioMeta, pcm: ArrayBuffer) => void): SoundFrames {
  let announced: AudioMeta | null = null;
  return {
    announce(meta) {
      if (meta.size > 0) announced = meta;
      else onSound(meta, new ArrayBuffer(0));
    },
    frame(pcm) {
      const meta = announced;
      announced = null;
      if (meta) onSound(meta, pcm);
    },
    reset() {
      announced = null;
    },
  };
}
