import { defineStore } from 'pinia';
import { computed, markRaw, ref, watch } from 'vue';
import { tabStorage } from '../auth/tabStorage';
import { createVisitorPass } from '../auth/visitorPass';
import { useVoiceConversation } from '../conversation/useVoiceConversation';
import { firstLanguage, type Language } from '../i18n/words';

/** What the page's views share: the one conversation, and how the visitor wants to have it. Ends with `$dispose`. */
export const useGuideStore = defineStore('guide', () => {
  const language = ref<Language>(firstLanguage());
  const aloud = ref(true);
  const voice = ref<string | null>(null);
  const pass = createVisitorPass(() => language.value, tabStorage());

  const conversation = markRaw(useVoiceConversation({
    wsUrl: location.origin.replace(/^http/, 'ws'), pass, language: () => language.value, aloud, voice,
  }));
  watch(language, conversation.languageChanged);

  return {
    language, aloud, voice, pass: markRaw(pass), conversation,
    messages: computed(() => conversation.messages.value),
    exchanges: computed(() => conversation.exchanges.value),
    conversationState: computed(() => conversation.conversationState.value),
  };
});
