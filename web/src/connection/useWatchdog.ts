import { useResourceManager } from '../resources/useResourceManager';

export interface Watchdog {
  /** A sign of life; the time begins anew. */
  alive(): void;
  /** Nothing is expected any more. */
  rest(): void;
}

/** Acts when there was no sign of life for so long. */
export function useWatchdog(silenceMs: number, act: () => void): Watchdog {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function rest(): void {
    clearTimeout(timer);
  }

  function alive(): void {
    rest();
    timer = setTimeout(act, silenceMs);
  }

  useResourceManager().registerResource(rest);
  return { alive, rest };
}
