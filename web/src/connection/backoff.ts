export interface Backoff {
  baseMs: number;
  maxMs: number;
}

export const defaultBackoff: Backoff = { baseMs: 1000, maxMs: 30_000 };

/** Doubles from `baseMs` to `maxMs`; the upper half is left to chance, so that a hall full of phones does not knock at once. */
export function delayBefore(attempt: number, { baseMs, maxMs }: Backoff = defaultBackoff, random = Math.random): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.max(0, attempt - 1));
  return full * (0.5 + random() / 2);
}
