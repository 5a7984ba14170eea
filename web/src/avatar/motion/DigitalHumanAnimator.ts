/** Milliseconds between two flushes: 60 a second, also on a screen that shows 120. */
const updateThreshold = 16;
/** A screen of 60 Hz calls up to a millisecond early; skipping that frame would halve the rate. */
const early = 1.5;

/**
 * Gathers what moves and applies all of it at once, at most once a frame: the last word about a part wins.
 * `Parts` says which data each part takes; times are milliseconds of `requestAnimationFrame`, nothing else.
 */
export class DigitalHumanAnimator<Parts extends object> {
  private readonly pendingUpdates = new Map<keyof Parts, Parts[keyof Parts]>();
  private lastFlush = -Infinity;

  constructor(private readonly apply: { [Part in keyof Parts]?: (data: Parts[Part]) => void }) {}

  scheduleUpdate<Part extends keyof Parts>(target: Part, data: Parts[Part]): void {
    this.pendingUpdates.set(target, data);
  }

  /** Whether it is time for the next flush. */
  isDue(nowMs: number): boolean {
    return nowMs - this.lastFlush >= updateThreshold - early;
  }

  /** Applies what has gathered, each part once; false when it is too early and everything waits. */
  flush(nowMs: number): boolean {
    if (!this.isDue(nowMs)) return false;
    for (const [target, data] of this.pendingUpdates) this.apply[target]?.(data as never);
    this.pendingUpdates.clear();
    this.lastFlush = nowMs;
    return true;
  }
}
