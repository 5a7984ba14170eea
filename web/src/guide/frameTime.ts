/** In seconds: after a hidden tab's pause, one step is one ordinary frame. */
const longestStep = 0.1;

/**
 * The seconds from one frame to the next, both in milliseconds of `requestAnimationFrame`. Never less than none: a frame that waited while the
 * tab was away may carry an earlier time than the clock showed when it was asked for, and nothing moves backwards.
 */
export const secondsBetween = (lastMs: number, nowMs: number): number => Math.min(longestStep, Math.max(0, (nowMs - lastMs) / 1000));
