import { readonly, ref, type Ref } from 'vue';
import type { ServerMessage } from '../protocol/serverMessages';
import { useResourceManager } from '../resources/useResourceManager';

export interface Hearing {
  /** What the visitor is heard to say; empty before the first words, null while nobody speaks. */
  words: Readonly<Ref<string | null>>;
  take(message: ServerMessage): void;
  /** Nothing more may follow: what is shown goes by itself. */
  fade(): void;
  forget(): void;
}

// A cough, or words that are not meant for the guide, are followed by nothing: then what was shown of them goes again.
const answeredWithinMs = 2500;

/** The visitor's words while they are spoken, until they have become a question. */
export function useHearing(): Hearing {
  const resources = useResourceManager();
  const words = ref<string | null>(null);
  let release = () => { /* nothing is timed */ };

  function show(text: string | null): void {
    release();
    words.value = text;
  }

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'SPEECH_STARTED':
        return show('');
      case 'TRANSCRIPT':
        show(message.payload.text);
        if (message.payload.is_final) fade();
        return;
      case 'SPEECH_STOPPED':
        return fade();
      case 'TURN_STARTED':
        return show(null);
    }
  }

  function fade(): void {
    release();
    if (words.value === null) return;
    const timer = setTimeout(() => show(null), answeredWithinMs);
    release = resources.registerResource(() => clearTimeout(timer));
  }

  return { words: readonly(words), take, fade, forget: () => show(null) };
}
