import { isOpen, type Exchange } from '../conversation/transcript';
import type { Turn } from '../conversation/turn';
import type { Voicing } from './voicing';

export type SentencePhase = 'coming' | 'now' | 'said';

export interface PhaseFacts {
  exchange: Pick<Exchange, 'aloud' | 'phase'>;
  turn: Pick<Turn, 'id'>;
  /** Somebody speaks: answers are heard, or at least could be. */
  spoken: boolean;
  playing: boolean;
  voicing: Voicing | null;
  /** The last sentence that was heard, though nothing may sound at this moment. */
  lastHeard: Voicing | null;
}

/** Whether a sentence is to come, being spoken, or said. Without a voice, what is written is said. */
export function sentencePhase(sequence: number, { exchange, turn, spoken, playing, voicing, lastHeard }: PhaseFacts): SentencePhase {
  if (!exchange.aloud || exchange.phase === 'stopped' || exchange.phase === 'failed') return 'said';
  if (voicing?.turnId === turn.id) return sequence < voicing.sequence ? 'said' : sequence === voicing.sequence ? 'now' : 'coming';
  if (!spoken) return 'said';
  if (lastHeard?.turnId === turn.id && sequence <= lastHeard.sequence) return 'said';
  return isOpen(exchange) || playing ? 'coming' : 'said';
}
