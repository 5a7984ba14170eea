import { onScopeDispose, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';

/** Asks before something unsaved is left: inside the desk (for the address `to`) in the page's words, for a closed tab in the browser's. */
export function useLeaveGuard(unsaved: (to?: string) => boolean): { asking: Ref<boolean>; decide: (leave: boolean) => void } {
  const asking = ref(false);
  let answer: ((leave: boolean) => void) | null = null;

  function decide(leave: boolean): void {
    asking.value = false;
    answer?.(leave);
    answer = null;
  }

  const unguard = useRouter().beforeEach((to, from) => {
    if (to.path === from.path || !unsaved(to.path)) return true;
    answer?.(false);
    asking.value = true;
    return new Promise<boolean>((resolve) => { answer = resolve; });
  });
  const closing = (event: BeforeUnloadEvent) => { if (unsaved()) event.preventDefault(); };
  addEventListener('beforeunload', closing);
  onScopeDispose(() => {
    unguard();
    removeEventListener('beforeunload', closing);
    decide(true);
  });
  return { asking, decide };
}
