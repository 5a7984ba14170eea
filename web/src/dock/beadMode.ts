import { isPending, type Exchange } from '../conversation/exchange';
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
  /** The newest question. */
  exchange: Pick<Exchange, 'question' | 'phase' | 'failure'> | undefined;
}

const running: readonly ConversationState[] = ['thinking', 'writing', 'speaking'];
const broken: readonly ConversationState[] = ['failed', 'offline', 'replaced'];

/** What the bead does when it is touched. */
export function beadMode({ state, microphone, typed, hears, exchange }: BeadFacts): BeadMode {
  if (typed) return 'send';
  if (running.includes(state)) return 'stop';
  // Busy at the door, before anything was asked: there is nothing to stop.
  if (state === 'busy' && exchange && isPending(exchange)) return 'stop';
  // What the guide said of its own accord cannot be asked again.
  const own = state === 'failed' && exchange?.phase === 'failed' && exchange.question === '';
  if (broken.includes(state) && !own) return 'again';
  if (microphone === 'on') return 'hush';
  return hears && microphone !== 'refused' && microphone !== 'missing' ? 'talk' : 'write';
}
