import { createI18n, useI18n } from 'vue-i18n';
import { recall } from '../settings/memory';
import { chinese } from './chinese';
import { english } from './english';

export type Language = 'en' | 'zh';
export type Word = keyof typeof english;
/** The words for something, in the language of the page; a `count` chooses between one and many. */
export type Say = (word: Word, named?: Readonly<Record<string, string | number>>) => string;

const isLanguage = (value: string): value is Language => value === 'en' || value === 'zh';

/** The first of the browser's languages that we speak. */
export function preferred(languages: readonly string[]): Language {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return 'zh';
    if (/^en\b/i.test(language)) return 'en';
  }
  return 'en';
}

/** The visitor's last choice, else the browser's language. */
export const firstLanguage = (): Language => recall('language', isLanguage) ?? preferred(navigator.languages);

export function createWords(language: Language) {
  return createI18n({ legacy: false, locale: language, fallbackLocale: 'en', messages: { en: english, zh: chinese } });
}

const spoken = new Map<Language, Say>();

/** Words of one language, whatever the page's is. */
export function sayIn(language: Language): Say {
  const say = spoken.get(language) ?? saying(createWords(language).global.t);
  spoken.set(language, say);
  return say;
}

/** The page's words, in a component. */
export function useWords(): Say {
  return saying(useI18n({ useScope: 'global' }).t);
}

function saying(t: (key: string, named: Record<string, unknown>, plural: number) => string): Say {
  return (word, named = {}) => t(word, named, typeof named['count'] === 'number' ? named['count'] : 1);
}
