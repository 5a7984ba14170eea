/** Milliseconds between frames above which the picture gets coarser: 24 a second. */
const tooSlow = 1000 / 24;
/** Below this it may be finer again: 45 a second. */
const easy = 1000 / 45;
/** At the coarsest, above this it is no movement any more: 12 a second. */
const beaten = 1000 / 12;
/** So many averages in a row, for a busy second is no slow machine. */
const beatenTimes = 2;
/** Frames that are averaged before anything changes. */
const window = 12;
const steps = [0.5, 0.7, 0.85, 1, 1.5, 2] as const;

/** Pixels per CSS pixel that the machine can draw in time: coarser where frames come late, finer again where there is time. */
export class AdaptiveResolution {
  private step: number;
  private readonly finest: number;
  private sum = 0;
  private count = 0;
  /** After a step up was too much, the next try waits longer. */
  private patience = 4;
  private calm = 0;
  private late = 0;

  /** Begins at `start` pixels, for a screen of `most`. */
  constructor(start: number, most: number) {
    this.finest = Math.max(steps.findLastIndex((s) => s <= Math.max(0.5, most)), 0);
    this.step = Math.min(this.finest, Math.max(0, steps.findLastIndex((s) => s <= start)));
  }

  get ratio(): number {
    return steps[this.step] ?? 1;
  }

  /** Even the coarsest picture comes too late: something simpler should be shown. */
  get isBeaten(): boolean {
    return this.late >= beatenTimes;
  }

  /** Takes the time between two frames that were drawn without waiting; true when the ratio changed. */
  drew(ms: number): boolean {
    // A pause says nothing about drawing.
    if (ms > 500) return false;
    this.sum += ms;
    if (++this.count < window) return false;
    const mean = this.sum / this.count;
    this.sum = this.count = 0;
    this.late = this.step === 0 && mean > beaten ? this.late + 1 : 0;
    if (mean > tooSlow && this.step > 0) {
      // Far too slow: a busy machine is not held up by trying every step.
      this.step = mean > 2 * tooSlow ? 0 : this.step - 1;
      this.calm = 0;
      this.patience = Math.min(64, this.patience * 2);
      return true;
    }
    this.calm = mean < easy ? this.calm + 1 : 0;
    if (this.calm < this.patience || this.step >= this.finest) return false;
    this.step++;
    this.calm = 0;
    return true;
  }
}
