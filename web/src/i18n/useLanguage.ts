import { watchEffect, type WritableComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { remember } from '../settings/memory';
import type { Language } from './words';

const tags: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** The language of the page, wherever it is changed. */
export function useLanguage(): { language: WritableComputedRef<Language>; choose: (chosen: Language) => void; other: () => void } {
  const { locale } = useI18n<object, Language>({ useScope: 'global' });
  const language = locale as WritableComputedRef<Language>;

  function choose(chosen: Language): void {
    language.value = chosen;
    remember('language', chosen);
  }

  return { language, choose, other: () => choose(language.value === 'en' ? 'zh' : 'en') };
}

/** Keeps `<html lang>` and the title with the language; once, in the root component. */
export function useDocumentLanguage(title: () => string): void {
  const { language } = useLanguage();
  watchEffect(() => {
    document.documentElement.lang = tags[language.value];
    document.title = title();
  });
}
