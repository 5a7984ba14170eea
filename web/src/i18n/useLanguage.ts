import { computed, ref, watchEffect, type ComputedRef, type Ref } from 'vue';
import { recall, remember } from '../settings/memory';
import { chinese } from './chinese';
import { english, type Words } from './english';

export type Language = 'en' | 'zh';

const dictionaries: Record<Language, Words> = { en: english, zh: chinese };
const tags: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

const isLanguage = (value: string): value is Language => value === 'en' || value === 'zh';

/** The first of the browser's languages that we speak. */
export function preferred(languages: readonly string[]): Language {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return 'zh';
    if (/^en\b/i.test(language)) return 'en';
  }
  return 'en';
}

/** The language of the page: the visitor's last choice, else the browser's. Keeps `<html lang>` and the title with it. */
export function useLanguage(): { language: Ref<Language>; words: ComputedRef<Words>; other: () => void } {
  const language = ref<Language>(recall('language', isLanguage) ?? preferred(navigator.languages));
  const words = computed(() => dictionaries[language.value]);

  watchEffect(() => {
    document.documentElement.lang = tags[language.value];
    document.title = words.value.title;
  });

  function other(): void {
    language.value = language.value === 'en' ? 'zh' : 'en';
    remember('language', language.value);
  }

  return { language, words, other };
}
