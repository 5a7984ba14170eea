import { vi } from 'vitest';

/** Waits until something holds; fails with its last complaint after a minute. */
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 60_000, interval: 5 });
