import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { recall, remember } from './memory';

export const textSizes = ['normal', 'large', 'largest'] as const;
export type TextSize = (typeof textSizes)[number];

const isTextSize = (value: string): value is TextSize => (textSizes as readonly string[]).includes(value);
const isSwitch = (value: string): value is 'on' | 'off' => value === 'on' || value === 'off';

/** How the visitor wants to read and hear; remembered in this browser. */
export const useSettings = defineStore('settings', () => {
  const textSize = ref<TextSize>(recall('text-size', isTextSize) ?? 'normal');
  const aloud = ref(recall('voice', isSwitch) !== 'off');

  watch(textSize, (size) => { document.documentElement.dataset['text'] = size; }, { immediate: true });
  watch(textSize, (size) => remember('text-size', size));
  watch(aloud, (on) => remember('voice', on ? 'on' : 'off'));
  return { textSize, aloud };
});
