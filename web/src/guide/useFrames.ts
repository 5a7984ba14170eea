import { useResourceManager } from '../resources/useResourceManager';
import { secondsBetween } from './frameTime';

/**
 * Calls `draw` before every frame while it is started, with the seconds since the last one. What it throws stops the frames, or each would
 * throw it again; `failed` is told, which reports it unless a part of the page is to be put aside for it (usePartFailure).
 */
export function useFrames(draw: (seconds: number) => void, failed: (reason: unknown) => void = (reason) => { reportError(reason); }): { start: () => void; stop: () => void } {
  const resources = useResourceManager();
  let request: number | null = null;
  let last = 0;

  function frame(now: number): void {
    request = requestAnimationFrame(frame);
    try {
      draw(secondsBetween(last, now));
    } catch (reason) {
      stop();
      failed(reason);
    }
    last = now;
  }

  function start(): void {
    if (request !== null) return;
    last = performance.now();
    request = requestAnimationFrame(frame);
  }

  function stop(): void {
    if (request !== null) cancelAnimationFrame(request);
    request = null;
  }

  resources.registerResource(stop);
  return { start, stop };
}
