import type { ConversationState } from '../conversation/state';

export type BeadMode = 'write' | 'send' | 'stop' | 'again';

const running: readonly ConversationState[] = ['thinking', 'writing', 'speaking', 'busy'];
const broken: readonly ConversationState[] = ['failed', 'offline', 'replaced'];

/** What the bead does when it is touched. */
export function beadMode(state: ConversationState, typed: boolean): BeadMode {
  if (typed) return 'send';
  if (running.includes(state)) return 'stop';
  return broken.includes(state) ? 'again' : 'write';
}
