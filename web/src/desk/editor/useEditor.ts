import { computed, reactive, ref, shallowRef } from 'vue';
import { Problem } from '../api/problem';
import type { ExhibitDocument, ExhibitView } from '../api/types';
import { useDesk } from '../shell/useDesk';
import { emptyDocument, fill, toDocument, toForm, type Form } from './form';
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

  function show(next: ExhibitView, fields: ExhibitDocument): void {
    view.value = next;
    base.value = documentOf(next);
    fill(form, fields);
  }

  /** Shows what the server has. What was written since the fields said `since` (as a rule: since it was sent) stays, and is not saved yet. */
  function take(next: ExhibitView, since = document.value): void {
    show(next, merge(since, document.value, documentOf(next)).document);
    mergedWith.value = null;
  }

  /** Nothing is undone that nobody has read: what only they changed is taken in, what both changed is shown. */
  async function reconcile(id: string): Promise<void> {
    const theirs = await api.find(id);
    const found = merge(base.value, document.value, documentOf(theirs));
    if (found.conflicts.length > 0) {
      conflict.value = { view: theirs, mine: found.document, theirs: documentOf(theirs), parts: found.conflicts };
    } else {
      mergedWith.value = dirty.value ? theirs.updated_by : null;
      show(theirs, found.document);
    }
  }

  function settle(chosen: ExhibitDocument): void {
    if (conflict.value) show(conflict.value.view, chosen);
    conflict.value = null;
  }

  /** False: somebody else was quicker; their text and this one are together now, or to be chosen from. */
  async function save(newId?: string): Promise<boolean> {
    const there = view.value;
    const sent = document.value;
    try {
      take(there ? await api.save(there.id, there.revision, sent) : await api.create(newId || undefined, sent), sent);
      return true;
    } catch (error) {
      if (!there || !(error instanceof Problem) || error.code !== 'exhibit_changed') throw error;
      await reconcile(there.id);
      return false;
    }
  }

  /** A step of the exhibit's way; when somebody else was quicker, it is not taken, and their text and this one come together. */
  async function step(take_: (id: string, revision: number) => Promise<ExhibitView>): Promise<void> {
    const there = view.value;
    const before = document.value;
    if (!there) return;
    try {
      take(await take_(there.id, there.revision), before);
    } catch (error) {
      if (error instanceof Problem && error.code === 'exhibit_changed') await reconcile(there.id);
      throw error;
    }
  }

  /** Nothing here is to be saved any more. */
  const forget = (): void => { base.value = document.value; };

  return { view, base, form, document, dirty, conflict, mergedWith, take, settle, save, step, forget };
}

export type Editor = ReturnType<typeof useEditor>;
