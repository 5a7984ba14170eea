import { readonly, ref, type Ref } from 'vue';
import type { VisitorPass } from '../auth/visitorPass';
import { useResourceManager } from '../resources/useResourceManager';

export interface ReadAloud {
  state: Readonly<Ref<'silent' | 'reading' | 'failed'>>;
  /** Reads the pieces one after the other, each as soon as the one before is over. */
  read(pieces: readonly string[], language: string, voice: string | null): Promise<void>;
  stop(): void;
}

// A section of an exhibit's text takes the voice a second or two.
const deadlineMs = 20_000;

/** The guide's voice for a text that is no answer. */
export function useReadAloud(pass: Pick<VisitorPass, 'token'>): ReadAloud {
  const state = ref<'silent' | 'reading' | 'failed'>('silent');
  const resources = useResourceManager();
  let reading = new AbortController();

  async function speak(text: string, language: string, voice: string | null, signal: AbortSignal): Promise<Blob> {
    const answer = await fetch('/api/audio/tts', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await pass.token()}` },
      body: JSON.stringify({ text, language, ...(voice ? { voice } : {}) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (!answer.ok) throw new Error(`The voice answered ${String(answer.status)}`);
    return answer.blob();
  }

  async function read(pieces: readonly string[], language: string, voice: string | null): Promise<void> {
    stop();
    const { signal } = (reading = new AbortController());
    state.value = 'reading';
    try {
      for (const piece of pieces) {
        const sound = await speak(piece, language, voice, signal);
        if (signal.aborted) return;
        await play(sound, signal);
      }
      state.value = 'silent';
    } catch {
      // Whoever stopped it wants silence, not an explanation.
      if (!signal.aborted) state.value = 'failed';
    }
  }

  async function play(sound: Blob, signal: AbortSignal): Promise<void> {
    const url = URL.createObjectURL(sound);
    const audio = new Audio(url);
    const release = resources.registerResource(() => {
      audio.pause();
      URL.revokeObjectURL(url);
    });
    try {
      await new Promise<void>((resolve, reject) => {
        audio.onended = () => resolve();
        audio.onerror = () => reject(new Error('The sound cannot be played'));
        signal.addEventListener('abort', () => resolve(), { once: true });
        audio.play().catch(reject);
      });
    } finally {
      release();
    }
  }

  function stop(): void {
    reading.abort();
    state.value = 'silent';
  }

  resources.registerResource(stop);
  return { state: readonly(state), read, stop };
}
