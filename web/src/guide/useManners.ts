import { computed, ref, watch, type ComputedRef } from 'vue';
import type { ConversationState } from '../conversation/state';
import { useResourceManager } from '../resources/useResourceManager';
import { poseFor, withGesture, type Pose } from './poses';

export interface Occasion {
  state: () => ConversationState;
  /** How the answer ended. */
  outcome: () => 'none' | 'loop' | 'drop';
  /** What the visitor is heard to say. */
  words: () => string | null;
}

const bowMs = 900;
const nodMs = 350;
// A breath between two words, not the end of what is said.
const pauseMs = 450;

/** The guide's posture, with its manners: it bows its head once to who comes, and nods where the visitor pauses. */
export function useManners({ state, outcome, words }: Occasion): ComputedRef<Pose> {
  const resources = useResourceManager();
  const gesture = ref<'greet' | 'nod' | null>(null);
  let release = () => { /* nothing is timed */ };

  function after(ms: number, act: () => void): void {
    release();
    const timer = setTimeout(act, ms);
    release = resources.registerResource(() => clearTimeout(timer));
  }

  function make(kind: 'greet' | 'nod', ms: number): void {
    gesture.value = kind;
    after(ms, () => { gesture.value = null; });
  }

  const greeted = watch(state, (now) => {
    if (now !== 'ready' && now !== 'listening') return;
    greeted.stop();
    make('greet', bowMs);
  });
  watch(words, (said) => {
    if (!said) return;
    gesture.value = null;
    after(pauseMs, () => make('nod', nodMs));
  });

  return computed(() => withGesture(poseFor(state(), outcome()), gesture.value));
}
