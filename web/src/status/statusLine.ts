import type { ConversationState } from '../conversation/state';
import type { Exchange } from '../conversation/transcript';
import type { EndingWarning, MicrophoneState } from '../conversation/voiceConversation';
import type { CapabilityState } from '../protocol/serverMessages';
import type { Say } from '../i18n/words';

/** The shape the thread takes: trouble is a change in its shape, never an alarm colour. */
export type ThreadShape = 'taut' | 'sounding' | 'coil' | 'loose' | 'joining' | 'knot' | 'beads' | 'tangle' | 'dropped' | 'ending';

export interface StatusLine {
  text: string;
  shape: ThreadShape;
  /** How many beads queue on the thread: the fewer, the sooner it is the visitor's turn. */
  beads: number;
  icon: 'none' | 'speaker-crossed' | 'microphone-off' | 'no-network';
  /** Something keeps the visitor from an answer: said once, assertively. */
  trouble: boolean;
}

export interface StatusFacts {
  state: ConversationState;
  voice: CapabilityState | undefined;
  hearing: CapabilityState | undefined;
  aloud: boolean;
  microphone: MicrophoneState;
  exchange: Pick<Exchange, 'phase' | 'failure'> | undefined;
  sources: number;
  /** Milliseconds since the question, while no word of the answer is there. */
  thinkingMs: number;
  justRejoined: boolean;
  ending: EndingWarning | null;
  /** How much of the wait before a busy guide is left, 1 to 0. */
  waitLeft: number;
}

const showThinkingMs = 400;
const stillThinkingMs = 4000;
const mostBeads = 5;

const endings = { EXPIRE_SOON: 'endsSoon', IDLE: 'stillThere', CALL_LIMIT: 'callLimit' } as const;

/** What stands under the thread, in words; from the facts alone. */
export function statusLine(facts: StatusFacts, say: Say): StatusLine {
  const line = (text: string, shape: ThreadShape = 'taut', icon: StatusLine['icon'] = 'none', trouble = false): StatusLine => ({ text, shape, beads: shape === 'beads' ? Math.max(1, Math.ceil(mostBeads * facts.waitLeft)) : 0, icon, trouble });
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
  }
  // What changes how the visitor may go on is said to who speaks as to who writes.
  const listening = facts.state === 'listening';
  if (facts.justRejoined) return line(say('rejoined'), 'knot');
  if (facts.ending) return line(say(facts.ending !== 'EXPIRE_SOON' && facts.microphone !== 'on' ? 'listenOver' : endings[facts.ending]), 'ending');
  // Who only writes is told once, before the first question: why there is a pen and no microphone.
  if (facts.hearing === 'away' && (listening || !facts.exchange)) return line(say('hearingAway'), 'taut', 'microphone-off');
  if (facts.aloud && facts.voice === 'away') return line(say('voiceAway'), listening ? 'sounding' : 'taut', 'speaker-crossed');
  if (listening) return line(say(facts.exchange?.phase === 'stopped' ? 'interrupted' : 'listening'), 'sounding');
  if (facts.exchange?.phase === 'stopped') return line('', 'dropped');
  if (facts.sources > 0) return line(say('tied', { count: facts.sources }));
  return line('');
}
