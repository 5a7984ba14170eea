import { ref, type Ref } from 'vue';
import { useDesk } from './useDesk';

/** One thing at a time that a curator sets off: busy while it runs, and in words why it failed. */
export function useAction(): { busy: Ref<boolean>; trouble: Ref<string | null>; run: (act: () => Promise<void>) => Promise<boolean> } {
  const { say } = useDesk();
  const busy = ref(false);
  const trouble = ref<string | null>(null);

  async function run(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    trouble.value = null;
    try {
      await act();
      return true;
    } catch (error) {
      trouble.value = say(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, trouble, run };
}
