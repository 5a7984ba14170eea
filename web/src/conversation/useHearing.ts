import { readonly, ref, type Ref } from 'vue';
import type { ServerMessage } from '../protocol/serverMessages';
import { useResourceManager } from '../resources/useResourceManager';

export interface Hearing {
  /** What the visitor is heard to say; empty before the first words, null while nobody says anything. */
  words: Readonly<Ref<string | null>>;
  take(message: ServerMessage): void;
  /** Nothing more may follow: what is shown goes by itself. */
  fade(): void;
  forget(): void;
}

// A cough, or words that are not meant for the guide, are followed by nothing: then what was shown of them goes again.
const answeredWithinMs = 2500;
// Who speaks says another word by then. A hall that hums for ever does not: it hides nothing, and nobody stands there for it.
const goesOnWithinMs = 4000;
const isWord = /[\p{L}\p{N}]/u;

/** The visitor's words while they are spoken, until they have become a question. */
export function useHearing(): Hearing {
  const resources = useResourceManager();
  const words = ref<string | null>(null);
  let release = () => { /* nothing is timed */ };
  let last = ''; // Said again, it is nothing new.

  function show(text: string | null, forMs?: number): void {
    release();
    words.value = text;
    if (forMs === undefined) return;
    const timer = setTimeout(() => show(null), forMs);
    release = resources.registerResource(() => clearTimeout(timer));
  }

  function hear(text: string, isFinal: boolean): void {
    if (!isWord.test(text) || (text === last && !isFinal)) return;
    last = text;
    show(text, isFinal ? answeredWithinMs : goesOnWithinMs);
  }

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'SPEECH_STARTED':
        last = '';
        return show('', goesOnWithinMs);
      case 'TRANSCRIPT':
        return hear(message.payload.text, message.payload.is_final);
      case 'SPEECH_STOPPED':
        return fade();
      case 'TURN_STARTED':
        return show(null);
    }
  }

  function fade(): void {
    if (words.value !== null) show(words.value, answeredWithinMs);
  }

  return { words: readonly(words), take, fade, forget: () => show(null) };
}
