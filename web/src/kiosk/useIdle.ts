import { readonly, ref, watch, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

export interface IdleOptions {
  /** Somebody is being answered: then time does not run, and begins anew afterwards. */
  busy: () => boolean;
  /** Somebody may be speaking: then time stands still, but not for ever. A hall is never quiet. */
  perhaps?: () => boolean;
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
// Of words that come to nothing: longer than anybody's question.
const mostHeldMs = 20_000;

/** Whether the visitor has gone. Any touch, key or question stays. */
export function useIdle({ busy, perhaps = () => false, onIdle, idleMs = 60_000, noticeMs = 15_000 }: IdleOptions): Idle {
  const resources = useResourceManager();
  const left = ref<number | null>(null);
  let since = performance.now();
  let looked = since;
  let held = 0;

  function stay(): void {
    since = looked = performance.now();
    held = 0;
    left.value = null;
  }

  function look(): void {
    if (busy()) return stay();
    const now = performance.now();
    const standing = perhaps() ? Math.min(now - looked, mostHeldMs - held) : 0;
    held += standing;
    since += standing;
    looked = now;
    const remaining = idleMs - (now - since);
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
