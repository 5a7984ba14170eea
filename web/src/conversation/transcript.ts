import type { ErrorPayload, ServerMessage } from '../protocol/serverMessages';
import { cut, newTurn, takeResponse, takeSound, type Turn } from './turn';

/** What was asked and answered, as a value: every function here returns a new one. */
export interface Transcript {
  exchanges: readonly Exchange[];
  /** Kept apart from the exchanges: some messages name only the turn. */
  turns: ReadonlyMap<number, Turn>;
}

/** A question, and how far its answer is. */
export interface Exchange {
  /** Stays the same when the question is sent again. */
  id: string;
  requestId: string;
  question: string;
  /** The visitor wanted to hear the answer. */
  aloud: boolean;
  turnId: number | null;
  phase: 'waiting' | 'answering' | 'done' | 'stopped' | 'failed';
  failure: ErrorPayload | null;
}

export interface HeardPart {
  turnId: number;
  sequence: number;
  characters: number;
}

export const emptyTranscript: Transcript = { exchanges: [], turns: new Map() };

export function ask(transcript: Transcript, requestId: string, question: string, aloud: boolean): Transcript {
  const asked: Exchange = { id: requestId, requestId, question, aloud, turnId: null, phase: 'waiting', failure: null };
  return { ...transcript, exchanges: [...transcript.exchanges.map(stopIfOpen), asked] };
}

/** The visitor stopped it; with `heard`, what the voice had not said yet is taken away. */
export function stop(transcript: Transcript, heard: HeardPart | null): Transcript {
  const cutShort = heard ? changeTurn(transcript, heard.turnId, (turn) => cut(turn, heard)) : transcript;
  return {
    ...cutShort,
    // A voice may still be speaking when the server has said all there is.
    exchanges: cutShort.exchanges.map((e) => (heard && e.turnId === heard.turnId ? { ...e, phase: 'stopped' } : stopIfOpen(e))),
  };
}

export function fail(transcript: Transcript, requestId: string, failure: ErrorPayload): Transcript {
  return changeExchange(transcript, requestId, (e) => (isPending(e) ? { ...e, phase: 'failed', failure } : e));
}

/** The same question once more, under a new number. */
export function retry(transcript: Transcript, requestId: string, newId: string): Transcript {
  return changeExchange(transcript, requestId, (e) => ({ ...e, requestId: newId, turnId: null, phase: 'waiting', failure: null }));
}

export function receive(transcript: Transcript, message: ServerMessage): Transcript {
  switch (message.msg_type) {
    case 'TURN_STARTED':
      return bind(transcript, message.payload.turn_id, message.payload.request_id);
    case 'RESPONSE': {
      const { turn_id: id, request_id: requestId } = message.payload;
      const bound = bind(transcript, id, requestId);
      return isStopped(bound, id) ? bound : settle(changeTurn(bound, id, (turn) => takeResponse(turn, message.payload)), id);
    }
    case 'AUDIO_META': {
      const bound = bind(transcript, message.payload.turn_id);
      const id = message.payload.turn_id;
      return isStopped(bound, id) ? bound : changeTurn(bound, id, (turn) => takeSound(turn, message.payload));
    }
    case 'SOURCES':
      return changeTurn(transcript, message.payload.turn_id, (turn) => ({ ...turn, sources: message.payload.exhibits }));
    case 'SUGGESTIONS':
      return changeTurn(transcript, message.payload.turn_id, (turn) => ({ ...turn, suggestions: message.payload.questions }));
    case 'TURN_ENDED': {
      const id = message.payload.turn_id;
      return settle(changeTurn(transcript, id, (turn) => ({ ...turn, textEnded: true, voiceEnded: true })), id);
    }
    case 'ERROR':
      return message.payload.request_id ? fail(transcript, message.payload.request_id, message.payload) : transcript;
    default:
      return transcript;
  }
}

export const isOpen = (exchange: Pick<Exchange, 'phase'>): boolean => exchange.phase === 'waiting' || exchange.phase === 'answering';

const waitCodes = new Set(['SERVER_BUSY', 'RATE_LIMITED']);

/** The server was too busy: the question is asked again by itself. */
export const mayComeBack = (failure: ErrorPayload | null): boolean => failure !== null && waitCodes.has(failure.error_code);

/** An answer may still come. */
export const isPending = (exchange: Pick<Exchange, 'phase' | 'failure'>): boolean => isOpen(exchange) || mayComeBack(exchange.failure);

export const isStopped = (transcript: Transcript, turnId: number): boolean =>
  transcript.exchanges.some((e) => e.turnId === turnId && e.phase === 'stopped');

export function turnOf(transcript: Transcript, exchange: Exchange | undefined): Turn | undefined {
  return exchange && exchange.turnId !== null ? transcript.turns.get(exchange.turnId) : undefined;
}

function changeTurn(transcript: Transcript, id: number, change: (turn: Turn) => Turn): Transcript {
  return { ...transcript, turns: new Map(transcript.turns).set(id, change(transcript.turns.get(id) ?? newTurn(id))) };
}

function changeExchange(transcript: Transcript, requestId: string, change: (exchange: Exchange) => Exchange): Transcript {
  return { ...transcript, exchanges: transcript.exchanges.map((e) => (e.requestId === requestId ? change(e) : e)) };
}

// Turns are numbered in the order of the questions, so a turn that names no question belongs to the oldest without one.
function bind(transcript: Transcript, turnId: number, requestId?: string): Transcript {
  if (!requestId && transcript.exchanges.some((e) => e.turnId === turnId)) return transcript;
  const owner = requestId ?? transcript.exchanges.find((e) => e.turnId === null && isOpen(e))?.requestId;
  if (!owner) return transcript;
  return changeExchange(transcript, owner, (e) => ({ ...e, turnId, phase: e.phase === 'waiting' ? 'answering' : e.phase }));
}

function settle(transcript: Transcript, turnId: number): Transcript {
  const turn = transcript.turns.get(turnId);
  if (!turn?.textEnded || !turn.voiceEnded) return transcript;
  return { ...transcript, exchanges: transcript.exchanges.map((e) => (e.turnId === turnId && isOpen(e) ? { ...e, phase: 'done' } : e)) };
}

const stopIfOpen = (exchange: Exchange): Exchange => (isPending(exchange) ? { ...exchange, phase: 'stopped', failure: null } : exchange);
