import { computed, ref, watch, type ComputedRef } from 'vue';
import type { VoiceConversation } from '../conversation/voiceConversation';
import type { Say } from '../i18n/words';
import { useResourceManager } from '../resources/useResourceManager';
import { useCountdown } from './useCountdown';
import { statusLine, type StatusLine } from './statusLine';

const rejoinedMs = 2000;
const tickMs = 200;

/** The status line with its clocks: how long the guide has been looking, how long ago the thread was joined again. */
export function useStatusLine(conversation: VoiceConversation, say: Say, aloud: () => boolean): ComputedRef<StatusLine> {
  const resources = useResourceManager();
  const thinkingMs = ref(0);
  const justRejoined = ref(false);
  const waitLeft = useCountdown(conversation.busyUntil);
  let stopTicking = () => { /* not ticking */ };
  let stopWaiting = () => { /* not waiting */ };

  watch(conversation.conversationState, (state, before) => {
    stopTicking();
    thinkingMs.value = 0;
    if (state === 'thinking') {
      const since = performance.now();
      const timer = setInterval(() => { thinkingMs.value = performance.now() - since; }, tickMs);
      stopTicking = resources.registerResource(() => clearInterval(timer));
    }
    if (before !== 'reconnecting' && before !== 'offline') return;
    stopWaiting();
    justRejoined.value = state === 'ready' || state === 'listening';
    const timer = setTimeout(() => { justRejoined.value = false; }, rejoinedMs);
    stopWaiting = resources.registerResource(() => clearTimeout(timer));
  });

  return computed(() => {
    const exchange = conversation.exchanges.value.at(-1);
    return statusLine({
      state: conversation.conversationState.value,
      voice: conversation.capabilities.value.voice,
      hearing: conversation.capabilities.value.hearing,
      aloud: aloud(),
      microphone: conversation.microphone.value,
      exchange,
      sources: exchange?.phase === 'done' ? conversation.turn(exchange)?.sources?.length ?? 0 : 0,
      thinkingMs: thinkingMs.value,
      justRejoined: justRejoined.value,
      ending: conversation.ending.value,
      waitLeft: waitLeft.value,
    }, say);
  });
}
