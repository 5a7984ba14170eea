import { computed, reactive, ref, shallowRef } from 'vue';
import { Problem } from '../api/problem';
import type { ExhibitDocument, ExhibitView } from '../api/types';
import { useDesk } from '../shell/useDesk';
import { emptyDocument, toDocument, toForm, type Form } from './form';
import { merge } from './merge';
import type { Part } from './parts';

export interface Conflict { view: ExhibitView; mine: ExhibitDocument; theirs: ExhibitDocument; parts: Part[] }

const documentOf = (view: ExhibitView): ExhibitDocument => view.draft ?? view.live ?? emptyDocument();

/** The exhibit that is open: as it was read, as its fields stand, and what both have become when somebody else was quicker. */
export function useEditor() {
  const { api } = useDesk();
  const view = shallowRef<ExhibitView | null>(null);
  const base = shallowRef<ExhibitDocument>(emptyDocument());
  const form = reactive<Form>(toForm(base.value));
  const conflict = shallowRef<Conflict | null>(null);
  /** Who changed other parts, so that both stand in the fields now. */
  const mergedWith = ref<string | null>(null);

  const document = computed(() => toDocument(form, base.value));
  const dirty = computed(() => JSON.stringify(document.value) !== JSON.stringify(toDocument(toForm(base.value), base.value)));

  /** Shows what the server has; `fields` are other ones than its own. */
  function take(next: ExhibitView, fields?: ExhibitDocument): void {
    view.value = next;
    base.value = documentOf(next);
    Object.assign(form, toForm(fields ?? base.value));
    if (!fields) mergedWith.value = null;
  }

  /** Nothing is undone that nobody has read: what only they changed is taken in, what both changed is shown. */
  async function reconcile(id: string): Promise<void> {
    const mine = document.value;
    const theirs = await api.find(id);
    const found = merge(base.value, mine, documentOf(theirs));
    if (found.conflicts.length > 0) {
      conflict.value = { view: theirs, mine: found.document, theirs: documentOf(theirs), parts: found.conflicts };
    } else {
      take(theirs, found.document);
      mergedWith.value = theirs.updated_by;
    }
  }

  function settle(chosen: ExhibitDocument): void {
    if (conflict.value) take(conflict.value.view, chosen);
    conflict.value = null;
  }

  /** False: somebody else was quicker; their text and this one are together now, or to be chosen from. */
  async function save(newId?: string): Promise<boolean> {
    const there = view.value;
    try {
      take(there ? await api.save(there.id, there.revision, document.value) : await api.create(newId || undefined, document.value));
      return true;
    } catch (error) {
      if (!there || !(error instanceof Problem) || error.code !== 'exhibit_changed') throw error;
      await reconcile(there.id);
      return false;
    }
  }

  /** A step of the exhibit's way; when somebody else was quicker, it is not taken and their text is shown. */
  async function step(take_: (id: string, revision: number) => Promise<ExhibitView>): Promise<void> {
    const there = view.value;
    if (!there) return;
    try {
      take(await take_(there.id, there.revision));
    } catch (error) {
      if (error instanceof Problem && error.code === 'exhibit_changed') take(await api.find(there.id));
      throw error;
    }
  }

  /** Nothing here is to be saved any more. */
  const forget = (): void => { base.value = document.value; };

  return { view, base, form, document, dirty, conflict, mergedWith, take, settle, save, step, forget };
}

export type Editor = ReturnType<typeof useEditor>;
