import { vi } from 'vitest';

/** Waits until something holds; fails with its last complaint after 30 s. */
export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 5 });
