import type { ConversationState } from '../conversation/state';
import type { Exchange } from '../conversation/transcript';
import type { MicrophoneState } from '../conversation/voiceConversation';
import type { CapabilityState } from '../protocol/serverMessages';
import type { Say } from '../i18n/words';

/** The shape the thread takes: trouble is a change in its shape, never an alarm colour. */
export type ThreadShape = 'taut' | 'sounding' | 'coil' | 'loose' | 'joining' | 'knot' | 'beads' | 'tangle' | 'dropped' | 'ending';

export interface StatusLine {
  text: string;
  shape: ThreadShape;
  icon: 'none' | 'speaker-crossed' | 'no-network';
  /** Something keeps the visitor from an answer: said once, assertively. */
  trouble: boolean;
}

export interface StatusFacts {
  state: ConversationState;
  voice: CapabilityState | undefined;
  aloud: boolean;
  microphone: MicrophoneState;
  exchange: Pick<Exchange, 'phase' | 'failure'> | undefined;
  sources: number;
  /** Milliseconds since the question, while no word of the answer is there. */
  thinkingMs: number;
  justRejoined: boolean;
  endsSoon: boolean;
}

const showThinkingMs = 400;
const stillThinkingMs = 4000;

/** What stands under the thread, in words; from the facts alone. */
export function statusLine(facts: StatusFacts, say: Say): StatusLine {
  const line = (text: string, shape: ThreadShape = 'taut', icon: StatusLine['icon'] = 'none', trouble = false): StatusLine => ({ text, shape, icon, trouble });
  switch (facts.state) {
    case 'offline':
      return line(say('offline'), 'loose', 'no-network', true);
    case 'reconnecting':
      return line(say('reconnecting'), 'joining');
    case 'replaced':
      return line(say('replaced'), 'loose', 'none', true);
    case 'busy':
      return line(say('busy'), 'beads');
    case 'failed':
      return line(facts.exchange?.failure?.error_code === 'PAYLOAD_TOO_LARGE' ? say('tooLong') : say('failed'), 'tangle', 'none', true);
    case 'thinking':
      if (facts.thinkingMs < showThinkingMs) return line('');
      return line(facts.thinkingMs < stillThinkingMs ? say('thinking') : say('stillThinking'), 'coil');
    case 'speaking':
      return line(say(facts.microphone === 'on' ? 'speaking' : 'speakingUnheard'));
    case 'interrupted':
      return line(''); // Perhaps it was a cough: nobody is told anything before it is clear.
    case 'listening':
      return line(say(facts.exchange?.phase === 'stopped' ? 'interrupted' : 'listening'), 'sounding');
  }
  if (facts.justRejoined) return line(say('rejoined'), 'knot');
  if (facts.endsSoon) return line(say('endsSoon'), 'ending');
  if (facts.aloud && facts.voice === 'away') return line(say('voiceAway'), 'taut', 'speaker-crossed');
  if (facts.exchange?.phase === 'stopped') return line(say('interrupted'), 'dropped');
  if (facts.sources > 0) return line(say('tied', { count: facts.sources }));
  return line('');
}
