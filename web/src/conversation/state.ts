import type { ConnectionState } from '../connection/useWebSocketConnection';
import type { PlaybackState, RecordingState } from '../audio/useAudioManager';
import { mayComeBack, type Exchange } from './transcript';

/**
 * `listening`: the microphone is open and it is the visitor's turn; `interrupted`: the visitor speaks over the guide, whose voice stands
 * still; `busy`: a question is asked again by itself, or the guide lets nobody in at the moment.
 */
export type ConversationState =
  | 'closed' | 'connecting' | 'reconnecting' | 'offline' | 'replaced'
  | 'ready' | 'listening' | 'thinking' | 'writing' | 'speaking' | 'interrupted' | 'busy' | 'failed';

export interface ConversationFacts {
  connection: ConnectionState;
  attempts: number;
  registered: boolean;
  replaced: boolean;
  /** The server does not let this visitor in. */
  refused: boolean;
  online: boolean;
  recording: RecordingState;
  playback: PlaybackState;
  /** The visitor is heard to say something. */
  hearing: boolean;
  /** The guide said that it is too busy. */
  busy: boolean;
  exchange: Pick<Exchange, 'phase' | 'failure'> | undefined;
  hasText: boolean;
}

/**
 * What is going on, from the facts alone: nothing writes this state, so nothing can race for it.
 * A voice that still speaks goes on through a lost connection, until all that has come of it was heard.
 */
export function deriveConversationState(facts: ConversationFacts): ConversationState {
  const { connection, exchange } = facts;
  if (facts.playback === 'paused' && facts.registered) return 'interrupted';
  if (facts.playback === 'playing' || (facts.playback === 'waiting' && facts.registered)) return 'speaking';
  if (connection === 'disconnected') return 'closed';
  if (facts.replaced) return 'replaced';
  if (connection !== 'connected' || !facts.registered) {
    if (facts.refused) return 'failed';
    if (!facts.online) return 'offline';
    if (facts.busy) return 'busy';
    return facts.attempts > 0 || connection === 'error' ? 'reconnecting' : 'connecting';
  }
  if (facts.hearing) return 'listening';
  if (exchange?.phase === 'failed') return mayComeBack(exchange.failure) ? 'busy' : 'failed';
  if (exchange?.phase === 'waiting') return 'thinking';
  if (exchange?.phase === 'answering') return facts.hasText ? 'writing' : 'thinking';
  if (facts.recording === 'recording') return 'listening';
  return 'ready';
}
