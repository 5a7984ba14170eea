/** PCM16 little endian, mono, as samples from -1 to 1. Half a sample at the end is left out. */
export function samplesOf(pcm: ArrayBuffer): Float32Array<ArrayBuffer> {
  const view = new DataView(pcm);
  const samples = new Float32Array(pcm.byteLength >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(i * 2, true) / 32768;
  return samples;
}

/** Samples from -1 to 1 as PCM16 little endian. */
export function pcmOf(samples: Float32Array): ArrayBuffer {
  const pcm = new ArrayBuffer(samples.length * 2);
  const view = new DataView(pcm);
  samples.forEach((sample, i) => view.setInt16(i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32767), true));
  return pcm;
}

/** Milliseconds that one value of `loudnessOf` stands for. */
export const loudnessWindowMs = 20;

// RMS of a speaking voice at its loudest, so that 1 means "as loud as it gets".
const fullVoice = 0.14;

/** How loud the sound is, 0 to 1, for every 20 ms. */
export function loudnessOf(samples: Float32Array, sampleRate: number): Float32Array {
  const window = Math.max(1, Math.round((sampleRate * loudnessWindowMs) / 1000));
  const loudness = new Float32Array(Math.ceil(samples.length / window));
  for (let w = 0; w < loudness.length; w++) {
    const part = samples.subarray(w * window, (w + 1) * window);
    let energy = 0;
    for (const sample of part) energy += sample * sample;
    loudness[w] = Math.min(1, Math.sqrt(energy / part.length) / fullVoice);
  }
  return loudness;
}
