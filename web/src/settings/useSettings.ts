import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { Language } from '../i18n/words';
import { recall, remember } from './memory';

export const textSizes = ['normal', 'large', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];

export const contrasts = ['usual', 'more'] as const;
export type Contrast = (typeof contrasts)[number];

const isTextSize = (value: string): value is TextSize => (textSizes as readonly string[]).includes(value);
const isContrast = (value: string): value is Contrast => (contrasts as readonly string[]).includes(value);
const isSwitch = (value: string): value is 'on' | 'off' => value === 'on' || value === 'off';
const isName = (value: string): value is string => value !== '';

/** How the visitor wants to read and hear; remembered in this browser. */
export const useSettings = defineStore('settings', () => {
  const textSize = ref<TextSize>(recall('text-size', isTextSize) ?? 'normal');
  /** Beyond what the device asks for by itself. */
  const contrast = ref<Contrast>(recall('contrast', isContrast) ?? 'usual');
  const aloud = ref(recall('voice', isSwitch) !== 'off');
  /** The small sounds of silk on wood. */
  const sounds = ref(recall('sounds', isSwitch) !== 'off');
  /** The guide's voice in each language; null: the house's own. */
  const voices = ref<Record<Language, string | null>>({ en: recall('voice-en', isName), zh: recall('voice-zh', isName) });

  function chooseVoice(language: Language, name: string | null): void {
    voices.value = { ...voices.value, [language]: name };
    remember(`voice-${language}`, name ?? '');
  }

  watch(textSize, (size) => { document.documentElement.dataset['text'] = size; }, { immediate: true });
  watch(textSize, (size) => remember('text-size', size));
  watch(contrast, (wanted) => { document.documentElement.dataset['contrast'] = wanted; }, { immediate: true });
  watch(contrast, (wanted) => remember('contrast', wanted));
  watch(aloud, (on) => remember('voice', on ? 'on' : 'off'));
  watch(sounds, (on) => remember('sounds', on ? 'on' : 'off'));
  return { textSize, contrast, aloud, sounds, voices, chooseVoice };
});
