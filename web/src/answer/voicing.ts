import { ref, watch, type ComputedRef, type Ref } from 'vue';
import { voicedCharacters } from '../captions/voiced';
import { wordsOf } from '../captions/words';
import type { VoiceConversation } from '../conversation/useVoiceConversation';
import { useFrames } from '../guide/useFrames';
import { useReducedMotion } from '../look/useMediaQuery';

/** Where the voice is. */
export interface Voicing {
  turnId: number;
  sequence: number;
  /** Characters of the sentence that were heard. */
  characters: number;
}

/** Follows the voice on the sound's clock, frame by frame; by whole words where motion is unwelcome. */
export function useVoicing(conversation: VoiceConversation, playing: ComputedRef<boolean>): Readonly<Ref<Voicing | null>> {
  const voicing = ref<Voicing | null>(null);
  const still = useReducedMotion();

  const frames = useFrames(() => {
    const heard = conversation.heard();
    const exchange = conversation.exchanges.value.find((e) => e.turnId === heard?.turnId);
    const sentence = conversation.turn(exchange)?.sentences.find((s) => s.sequence === heard?.sequence);
    if (!heard || !sentence) return; // Between two sentences the dot stays where it is.
    const reached = voicedCharacters(sentence, heard.ms);
    const characters = still.value ? wholeWords(sentence.text, reached) : reached;
    voicing.value = { turnId: heard.turnId, sequence: heard.sequence, characters };
  });

  watch(playing, (now) => {
    if (now) frames.start();
    else {
      frames.stop();
      voicing.value = null;
    }
  }, { immediate: true });
  return voicing;
}

function wholeWords(text: string, reached: number): number {
  let end = 0;
  for (const word of wordsOf(text)) {
    if (end + word.trimEnd().length > reached) break;
    end += word.length;
  }
  return end;
}
