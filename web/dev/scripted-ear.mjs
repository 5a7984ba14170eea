// Hears a demo visitor: by loudness alone, and always the same question. Times are those of docs/live-call.md.
const loud = 600; // of 32,768; a quiet room is below
const beginsMs = 250;
const endsMs = 500;

/** Takes numbered frames of the microphone; says when speech begins and ends. */
export class ScriptedEar {
  heardMs = 0;
  loudMs = 0;
  quietMs = 0;
  speaking = false;

  /** `heard` hears 'sounds' (something may be speech), 'started', 'going on', 'stopped', each at milliseconds of the call's sound. */
  constructor(heard) {
    this.heard = heard;
  }

  take(frame) {
    const pcm = new Int16Array(frame.buffer.slice(frame.byteOffset + 4, frame.byteOffset + frame.length));
    const ms = pcm.length / 16;
    this.heardMs = frame.readUInt32LE(0) / 16 + ms;
    const level = Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length);
    this.quietMs = level > loud ? 0 : this.quietMs + ms;
    this.loudMs = level > loud ? this.loudMs + ms : this.quietMs >= endsMs ? 0 : this.loudMs;
    if (!this.speaking) {
      if (this.loudMs >= beginsMs) {
        this.speaking = true;
        this.heard('started', this.heardMs);
      } else if (this.loudMs > 64) this.heard('sounds', this.heardMs);
      return;
    }
    if (this.quietMs < endsMs) return this.heard('going on', this.heardMs);
    this.speaking = false;
    this.heard('stopped', this.heardMs);
  }
}
