import { shallowRef, watch, type Ref } from 'vue';
import { createApi } from '../api/client';
import type { VisitorPass } from '../auth/visitorPass';

/** The guide's voices that can speak now in a language; asked for when somebody wants to choose. */
export function useVoices(pass: VisitorPass, wanted: () => boolean, language: () => string): Readonly<Ref<readonly string[]>> {
  const api = createApi(pass);
  const voices = shallowRef<readonly string[]>([]);

  async function ask(tongue: string): Promise<readonly string[]> {
    const { data } = await api.GET('/api/audio/voices');
    const found = data?.voices ?? [];
    return [...new Set(found.filter((v) => v.available && v.language.startsWith(tongue)).map((v) => v.name))];
  }

  watch([wanted, language], async ([open, tongue]) => {
    // Without a list there is nothing to choose from, and the house voice speaks.
    if (open) voices.value = await ask(tongue).catch(() => []);
  }, { immediate: true });
  return voices;
}
