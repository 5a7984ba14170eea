import type { ErrorPayload } from '../protocol/serverMessages';

export type Rating = 'good' | 'bad';

/** A question, and how far its answer is. */
export interface Exchange {
  /** Stays the same when the question is sent again. */
  id: string;
  requestId: string;
  /** Empty: the guide said something of its own accord, as that it cannot hear. */
  question: string;
  /** It was said, not written. */
  spoken: boolean;
  /** The visitor wanted to hear the answer. */
  aloud: boolean;
  turnId: number | null;
  /** `stopped`: the visitor broke it off, by speaking, by the button or by the next question. */
  phase: 'waiting' | 'answering' | 'done' | 'stopped' | 'failed';
  failure: ErrorPayload | null;
  rating: Rating | null;
}

export const isOpen = (exchange: Pick<Exchange, 'phase'>): boolean => exchange.phase === 'waiting' || exchange.phase === 'answering';

export const waitCodes: ReadonlySet<string> = new Set(['SERVER_BUSY', 'RATE_LIMITED']);

/** The server was too busy: the question is asked again by itself. */
export const mayComeBack = (failure: ErrorPayload | null): boolean => failure !== null && waitCodes.has(failure.error_code);

/** An answer may still come. */
export const isPending = (exchange: Pick<Exchange, 'phase' | 'failure'>): boolean => isOpen(exchange) || mayComeBack(exchange.failure);

export const stopIfOpen = (exchange: Exchange): Exchange => (isPending(exchange) ? { ...exchange, phase: 'stopped', failure: null } : exchange);

/** Our own questions' numbers; of spoken ones the server makes its own. */
const ownPrefix = 'q_';

// Not randomUUID: a page over plain HTTP in the museum's own network has none.
export function newRequestId(): string {
  return ownPrefix + Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const isOwn = (requestId: string): boolean => requestId.startsWith(ownPrefix);
