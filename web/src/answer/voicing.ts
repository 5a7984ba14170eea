import { ref, watchEffect, type Ref } from 'vue';
import { reading, voicedCharacters } from '../captions/voiced';
import { wholeWords } from '../captions/words';
import type { VoiceConversation } from '../conversation/voiceConversation';
import type { Turn } from '../conversation/turn';
import { useFrames } from '../guide/useFrames';
import { useReducedMotion } from '../look/useMediaQuery';

/** Where the voice is; without one, where a reader would be. */
export interface Voicing {
  turnId: number;
  sequence: number;
  /** Characters of the sentence that were heard. */
  characters: number;
  /** Read in silence: the voice is away. */
  silent: boolean;
}

export interface VoicingSource {
  conversation: Pick<VoiceConversation, 'heard' | 'exchanges' | 'turn'>;
  playing: () => boolean;
  /** The turn that is read in silence, if the voice is away. */
  read: () => Turn | undefined;
}

/** Follows the voice on the sound's clock, frame by frame; by whole words where motion is unwelcome. */
export function useVoicing({ conversation, playing, read }: VoicingSource): Readonly<Ref<Voicing | null>> {
  const voicing = ref<Voicing | null>(null);
  const still = useReducedMotion();
  let readMs = 0;

  const frames = useFrames((seconds) => {
    readMs += seconds * 1000;
    if (playing()) follow();
    else show(silently(read(), readMs));
  });

  /** Another object is another sentence: within one only what watches the voice itself is told, not the whole page sixty times a second. */
  function show(next: Voicing | null): void {
    const now = voicing.value;
    if (now && next && now.turnId === next.turnId && now.sequence === next.sequence && now.silent === next.silent) now.characters = next.characters;
    else voicing.value = next;
  }

  function follow(): void {
    const heard = conversation.heard();
    const exchange = conversation.exchanges.value.find((e) => e.turnId === heard?.turnId);
    const sentence = conversation.turn(exchange)?.sentences.find((s) => s.sequence === heard?.sequence);
    if (!heard || !sentence) return; // Between two sentences the dot stays where it is.
    const reached = voicedCharacters(sentence, heard.ms);
    const characters = still.value ? wholeWords(sentence.text, reached) : reached;
    show({ turnId: heard.turnId, sequence: heard.sequence, characters, silent: false });
  }

  watchEffect(() => {
    if (playing() || read()) return frames.start();
    frames.stop();
    voicing.value = null;
    readMs = 0;
  });
  return voicing;
}

/** Reading silently takes less time than reading aloud. */
const silentPace = 0.6;

/** Where someone is who began to read the turn `ms` ago; null when they are through. */
export function silently(turn: Turn | undefined, ms: number): Voicing | null {
  let left = ms;
  for (const { sequence, text, whole } of turn?.sentences ?? []) {
    const needed = reading(text) * silentPace;
    if (whole && turn && left < needed) return { turnId: turn.id, sequence, characters: (text.length * left) / needed, silent: true };
    left -= needed;
  }
  return null;
}
