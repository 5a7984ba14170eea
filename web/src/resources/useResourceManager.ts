import { getCurrentScope, onScopeDispose } from 'vue';

export type Cleanup = () => void;

export interface ResourceManager {
  /** Hands over the duty of releasing something; returns a function that releases it now. */
  registerResource(cleanup: Cleanup): Cleanup;
  /** Releases everything, the newest first, each thing once. */
  cleanup(): void;
  /** How many resources are held. */
  readonly held: number;
}

/** The one place where a unit's resources are released: by hand, or when its component or scope ends. */
export function useResourceManager(): ResourceManager {
  const resources = new Set<Cleanup>();

  function registerResource(cleanup: Cleanup): Cleanup {
    const once = () => {
      if (resources.delete(once)) cleanup();
    };
    resources.add(once);
    return once;
  }

  function cleanup(): void {
    const failures: unknown[] = [];
    for (const release of [...resources].reverse()) {
      try {
        release();
      } catch (failure) {
        failures.push(failure); // One stubborn resource must not keep the others alive.
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Some resources could not be released');
  }

  if (getCurrentScope()) onScopeDispose(cleanup);
  return { registerResource, cleanup, get held() { return resources.size; } };
}
