import { watch, type Ref } from 'vue';
import type { ConversationState } from '../conversation/state';
import type { Language } from '../i18n/words';
import { useResourceManager } from '../resources/useResourceManager';
import { useExhibits } from './useExhibits';

// Long after the page is ready, so that a visitor's first question never waits for it.
const afterMs = 5_000;

/** Keeps the exhibit texts for times without a network, once the conversation stands; in each language that is used. */
export function useKeptTexts(state: Readonly<Ref<ConversationState>>, language: Readonly<Ref<Language>>): void {
  const { shelf } = useExhibits();
  const resources = useResourceManager();
  const kept = new Set<Language>();

  watch([state, language], ([now, tongue], _, onCleanup) => {
    if (now !== 'ready' || kept.has(tongue)) return;
    const timer = setTimeout(() => {
      kept.add(tongue);
      shelf.keepAll(tongue).catch(() => kept.delete(tongue)); // The next quiet moment tries again.
    }, afterMs);
    onCleanup(resources.registerResource(() => clearTimeout(timer)));
  }, { immediate: true });
}
