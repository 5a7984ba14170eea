import { readonly, ref, watch, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

export interface IdleOptions {
  /** Somebody speaks, or is being answered: then time does not run. */
  busy: () => boolean;
  /** Nobody is there any more. */
  onIdle: () => void;
  /** Milliseconds until then, and of those with a question whether somebody is still there. */
  idleMs?: number;
  noticeMs?: number;
}

export interface Idle {
  /** Seconds until the next visitor's turn, once it is asked; null: nothing is asked. */
  left: Readonly<Ref<number | null>>;
  /** Somebody is there. */
  stay(): void;
}

const tickMs = 250;

/** Whether the visitor has gone. Any touch, key or word stays. */
export function useIdle({ busy, onIdle, idleMs = 60_000, noticeMs = 15_000 }: IdleOptions): Idle {
  const resources = useResourceManager();
  const left = ref<number | null>(null);
  let since = performance.now();

  function stay(): void {
    since = performance.now();
    left.value = null;
  }

  function look(): void {
    if (busy()) return stay();
    const remaining = idleMs - (performance.now() - since);
    left.value = remaining <= noticeMs ? Math.max(0, Math.ceil(remaining / 1000)) : null;
    if (remaining > 0) return;
    stay();
    onIdle();
  }

  const timer = setInterval(look, tickMs);
  resources.registerResource(() => clearInterval(timer));
  for (const type of ['pointerdown', 'keydown'] as const) {
    addEventListener(type, stay);
    resources.registerResource(() => removeEventListener(type, stay));
  }
  watch(busy, stay);
  return { left: readonly(left), stay };
}
