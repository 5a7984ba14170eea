import { watchEffect, type WritableComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { remember } from '../settings/memory';
import type { Language } from './words';

const tags: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** The language of the page, wherever it is changed. */
export function useLanguage(): { language: WritableComputedRef<Language>; other: () => void } {
  const { locale } = useI18n<object, Language>({ useScope: 'global' });
  const language = locale as WritableComputedRef<Language>;

  function other(): void {
    language.value = language.value === 'en' ? 'zh' : 'en';
    remember('language', language.value);
  }

  return { language, other };
}

/** Keeps `<html lang>` and the title with the language; once, in the root component. */
export function useDocumentLanguage(title: () => string): void {
  const { language } = useLanguage();
  watchEffect(() => {
    document.documentElement.lang = tags[language.value];
    document.title = title();
  });
}
