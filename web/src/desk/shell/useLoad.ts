import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { useDesk } from './useDesk';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  /** Why there is none, in words; null: it is there, or on its way. */
  trouble: ShallowRef<string | null>;
  loading: ShallowRef<boolean>;
  load(): Promise<void>;
}

/** Reads something and says how that went; a later reading overtakes an earlier one, and nothing arrives after its part is gone. */
export function useLoad<T>(read: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const { say } = useDesk();
  const data = shallowRef<T | null>(null);
  const trouble = shallowRef<string | null>(null);
  const loading = shallowRef(false);
  let current = new AbortController();

  async function load(): Promise<void> {
    current.abort();
    const mine = (current = new AbortController());
    loading.value = true;
    try {
      const found = await read(mine.signal);
      if (mine.signal.aborted) return;
      data.value = found;
      trouble.value = null;
    } catch (error) {
      if (!mine.signal.aborted) trouble.value = say(error);
    } finally {
      if (current === mine) loading.value = false;
    }
  }

  onScopeDispose(() => current.abort());
  return { data, trouble, loading, load };
}
