import { onScopeDispose, ref, shallowRef, triggerRef, type Ref, type ShallowRef } from 'vue';
import type { CuratorApi } from '../api/curatorApi';
import { problemOf } from '../api/problem';
import type { ImportTask, RowReport } from '../api/types';

// Often enough to look alive; far below the hundred requests a minute that a session has.
const everyMs = 1_500;

/** It goes on, or waits for those before it. */
export const isOpen = (task: ImportTask): boolean => task.status === 'processing' || task.status === 'waiting';

/** Follows an import until it has ended, taking only the rows that are new; a look that fails says so, and is taken again. */
export function useImport(api: CuratorApi, id: string, say: (error: unknown) => string): { task: ShallowRef<ImportTask | null>; rows: ShallowRef<RowReport[]>; trouble: Ref<string | null>; follow: () => Promise<void> } {
  const task = shallowRef<ImportTask | null>(null);
  const rows = shallowRef<RowReport[]>([]);
  const trouble = ref<string | null>(null);
  const gone = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;

  async function follow(): Promise<void> {
    clearTimeout(timer);
    if (asking) return;
    asking = true;
    try {
      const found = await api.importReport(id, rows.value.at(-1)?.row ?? 0, gone.signal);
      task.value = found.task;
      rows.value.push(...found.rows);
      triggerRef(rows);
      trouble.value = null;
      // A report comes in pages; the next one is there already.
      const more = found.rows.length > 0 && rows.value.length < found.task.processed;
      if (more || isOpen(found.task)) timer = setTimeout(() => void follow(), more ? 0 : everyMs);
    } catch (error) {
      if (gone.signal.aborted) return;
      trouble.value = say(error);
      const { status } = problemOf(error);
      // Not there, or not this curator's: that stays so. Everything else passes, and the import goes on meanwhile.
      if (status === 0 || status === 429 || status >= 500) timer = setTimeout(() => void follow(), everyMs * 2);
    } finally {
      asking = false;
    }
  }

  onScopeDispose(() => {
    gone.abort();
    clearTimeout(timer);
  });
  return { task, rows, trouble, follow };
}
