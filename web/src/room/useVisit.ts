import { storeToRefs } from 'pinia';
import { computed, onMounted, onScopeDispose, ref, watch, watchEffect } from 'vue';
import { useVoicing } from '../answer/voicing';
import { wordsOf } from '../captions/words';
import type { Rating } from '../conversation/exchange';
import { useManners } from '../guide/useManners';
import { useLanguage } from '../i18n/useLanguage';
import { useWords } from '../i18n/words';
import { useSmallSounds } from '../look/useSmallSounds';
import { useExhibitText } from '../offline/useExhibits';
import { useResourceManager } from '../resources/useResourceManager';
import { useSettings } from '../settings/useSettings';
import { useStatusLine } from '../status/useStatusLine';
import { useGuideStore } from '../stores/guide';
import { tie } from '../tags/ties';

export interface VisitOptions {
  /** The exhibit that the visitor stands before, by its id. */
  exhibit: () => string | undefined;
  /** A sheet or the like is open: Esc is its, not the guide's. */
  covered: () => boolean;
}

/** A visitor and the guide in one room: everything that the views of a page, a phone or a kiosk show of it. */
export function useVisit({ exhibit: exhibitId, covered }: VisitOptions) {
  const say = useWords();
  const { language } = useLanguage();
  const settings = useSettings();
  const { aloud, textSize } = storeToRefs(settings);
  const guide = useGuideStore();
  const { conversation } = guide;
  const { conversationState: state, exchanges, capabilities, microphone } = conversation;
  const exhibit = useExhibitText(exhibitId);

  watchEffect(() => {
    guide.language = language.value;
    guide.aloud = aloud.value;
    guide.voice = settings.voices[language.value];
  });
  watch([exhibitId, exhibit.text], ([id, text]) => {
    conversation.setScene(id === undefined ? null : { exhibitId: id, ...(text?.hall ? { hall: text.hall } : {}) });
  }, { immediate: true });

  const status = useStatusLine(conversation, say, () => aloud.value);
  const exchange = computed(() => exchanges.value.at(-1));
  const turn = computed(() => conversation.turn(exchange.value));
  const ties = computed(() => {
    const all = tie(turn.value?.sources ?? [], turn.value?.sentences ?? []);
    // What was not said any more is not tied any more.
    return exchange.value?.phase === 'stopped' ? all.filter((t) => t.sequence !== null) : all;
  });

  const playing = computed(() => state.value === 'speaking');
  const voiceAway = computed(() => capabilities.value.voice === 'away');
  const silentlyRead = () => (voiceAway.value && exchange.value?.aloud && (exchange.value.phase === 'answering' || exchange.value.phase === 'done') ? turn.value : undefined);
  // While somebody coughs the dot holds where it was.
  const voicing = useVoicing({ conversation, playing: () => playing.value || state.value === 'interrupted', read: silentlyRead });

  /** How the thread of the answer ends, when it does not end in a tag. */
  const end = computed(() => {
    if (exchange.value?.phase === 'stopped') return 'drop';
    return exchange.value?.phase === 'done' && turn.value?.sources?.length === 0 && !playing.value ? 'loop' : 'none';
  });
  const pose = useManners({ state: () => state.value, outcome: () => end.value, words: () => conversation.hearing.value });
  /** The visitor's words, once it is clear that they are no cough; an answer that is read gives way to a second word, not to the one that is made of a hall's hum. */
  const hearing = computed(() => {
    const words = conversation.hearing.value;
    if (state.value === 'interrupted' || playing.value || words === null) return null;
    return exchange.value && wordsOf(words).length < 2 ? null : words;
  });

  const lostRating = ref<number | null>(null);
  const ratingLost = computed(() => lostRating.value !== null && lostRating.value === turn.value?.id);
  async function rate(rating: Rating): Promise<void> {
    const id = turn.value?.id;
    if (id === undefined) return;
    lostRating.value = null;
    if (!(await conversation.rate(id, rating))) lostRating.value = id;
  }

  watchEffect(() => { document.documentElement.dataset['voice'] = playing.value ? 'playing' : 'idle'; });
  useSmallSounds({ microphone, status, tied: () => (exchange.value?.phase === 'done' ? ties.value.length : 0), playing: () => playing.value });

  const resources = useResourceManager();
  function listen<K extends keyof WindowEventMap>(type: K, act: (event: WindowEventMap[K]) => void): void {
    addEventListener(type, act);
    resources.registerResource(() => removeEventListener(type, act));
  }
  listen('pointerdown', conversation.unlockSound);
  listen('keydown', (event) => {
    if (event.key === 'Escape' && !covered()) conversation.stop();
    else conversation.unlockSound();
  });
  onMounted(() => void conversation.startConversation());
  onScopeDispose(conversation.endConversation);

  return { say, language, conversation, state, exchanges, exchange, turn, ties, playing, voiceAway, voicing, end, pose, hearing, microphone, capabilities, status, exhibit, textSize, aloud, rate, ratingLost };
}

export type Visit = ReturnType<typeof useVisit>;
