import type { ConversationState } from '../conversation/state';
import type { MicrophoneState } from '../conversation/voiceConversation';

export type BeadMode = 'talk' | 'hush' | 'write' | 'send' | 'stop' | 'again';

export interface BeadFacts {
  state: ConversationState;
  microphone: MicrophoneState;
  /** Something stands in the field, and the bead is what sends it. */
  typed: boolean;
  /** The guide can hear at all at the moment. */
  hears: boolean;
}

const running: readonly ConversationState[] = ['thinking', 'writing', 'speaking', 'busy'];
const broken: readonly ConversationState[] = ['failed', 'offline', 'replaced'];

/** What the bead does when it is touched. */
export function beadMode({ state, microphone, typed, hears }: BeadFacts): BeadMode {
  if (typed) return 'send';
  if (running.includes(state)) return 'stop';
  if (broken.includes(state)) return 'again';
  if (microphone === 'on') return 'hush';
  return hears && microphone !== 'refused' && microphone !== 'missing' ? 'talk' : 'write';
}
