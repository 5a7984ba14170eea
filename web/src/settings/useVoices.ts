import { shallowRef, watch, type Ref } from 'vue';
import type { VisitorPass } from '../auth/visitorPass';

interface VoiceEntry {
  name: string;
  language: string;
  available: boolean;
}

const deadlineMs = 5_000;

/** The guide's voices that can speak now in a language; asked for when somebody wants to choose. */
export function useVoices(pass: Pick<VisitorPass, 'token'>, wanted: () => boolean, language: () => string): Readonly<Ref<readonly string[]>> {
  const voices = shallowRef<readonly string[]>([]);

  async function ask(tongue: string): Promise<readonly string[]> {
    const answer = await fetch('/api/audio/voices', { headers: { authorization: `Bearer ${await pass.token()}` }, signal: AbortSignal.timeout(deadlineMs) });
    if (!answer.ok) return [];
    const found = ((await answer.json()) as { voices: VoiceEntry[] }).voices;
    return [...new Set(found.filter((v) => v.available && v.language.startsWith(tongue)).map((v) => v.name))];
  }

  watch([wanted, language], async ([open, tongue]) => {
    // Without a list there is nothing to choose from, and the house voice speaks.
    if (open) voices.value = await ask(tongue).catch(() => []);
  }, { immediate: true });
  return voices;
}
