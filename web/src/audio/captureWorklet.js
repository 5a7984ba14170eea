/* global AudioWorkletProcessor, registerProcessor, sampleRate */
// Runs on the sound thread: averages the microphone down to 16 kHz and posts 40 ms at a time.
// The context keeps the device's own rate, so that the browser's echo cancellation lines up.

const wantedRate = 16_000;
const frame = 640; // 40 ms

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / wantedRate;
    this.out = new Float32Array(frame);
    this.filled = 0;
    this.sum = 0;
    this.count = 0;
    this.due = this.step;
  }

  process([input]) {
    for (const sample of input?.[0] ?? []) {
      this.sum += sample;
      this.count += 1;
      if (this.count < this.due) continue;
      const average = this.sum / this.count;
      // A rate that is no multiple of ours carries its remainder into the next average; one below ours gives the same sample twice.
      for (this.due -= this.count; this.due <= 0; this.due += this.step) this.put(average);
      this.sum = 0;
      this.count = 0;
    }
    return true;
  }

  put(sample) {
    this.out[this.filled++] = sample;
    if (this.filled < frame) return;
    this.port.postMessage(this.out, [this.out.buffer]);
    this.out = new Float32Array(frame);
    this.filled = 0;
  }
}

registerProcessor('capture', Capture);
