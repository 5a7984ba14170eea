import { defineStore } from 'pinia';
import { markRaw, ref, watch, type Ref } from 'vue';
import { useLanguage } from '../i18n/useLanguage';
import { useGuideStore } from '../stores/guide';
import { createExhibitShelf, type ExhibitShelf } from './exhibitShelf';
import type { ExhibitText } from './exhibitText';
import { keepTexts } from './keptTexts';

/** The museum's texts, as far as visitors may read them. */
export const useExhibits = defineStore('exhibits', () => {
  const shelf: ExhibitShelf = createExhibitShelf(useGuideStore().pass, keepTexts());
  return { shelf: markRaw(shelf) };
});

export interface ReadExhibit {
  text: Readonly<Ref<ExhibitText | null>>;
  /** `away`: it could not be had just now; `unknown`: there is no such exhibit. */
  state: Readonly<Ref<'none' | 'loading' | 'there' | 'unknown' | 'away'>>;
}

/** The text of an exhibit in the language of the page, whichever exhibit is wanted at the moment. */
export function useExhibitText(id: () => string | undefined): ReadExhibit {
  const { shelf } = useExhibits();
  const { language } = useLanguage();
  const text = ref<ExhibitText | null>(null);
  const state = ref<ReadExhibit['state']['value']>('none');

  watch([id, language], async ([wanted, tongue], _, onCleanup) => {
    let current = true;
    onCleanup(() => { current = false; });
    if (wanted === undefined) {
      text.value = null;
      state.value = 'none';
      return;
    }
    state.value = 'loading';
    const found = await shelf.read(wanted, tongue).catch(() => undefined);
    if (!current) return;
    text.value = found ?? null;
    state.value = found ? 'there' : found === null ? 'unknown' : 'away';
  }, { immediate: true });

  return { text, state };
}
