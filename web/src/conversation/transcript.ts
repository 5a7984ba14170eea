import type { ErrorPayload, ServerMessage } from '../protocol/serverMessages';
import { isOpen, isOwn, isPending, stopIfOpen, type Exchange, type Rating } from './exchange';
import { cut, forHistory, newTurn, takeResponse, takeSound, takeSources, type Turn } from './turn';

export { isOpen, isPending, mayComeBack, waitCodes, type Exchange, type Rating } from './exchange';

/** What was asked and answered, as a value: every function here returns a new one. */
export interface Transcript {
  exchanges: readonly Exchange[];
  /** Kept apart from the exchanges: some messages name only the turn. */
  turns: ReadonlyMap<number, Turn>;
  /** What was heard last and has no answer yet. */
  said: string;
  /** Questions so far. */
  asked: number;
  /** Who speaks now wants to hear the answer. */
  aloud: boolean;
}

export interface HeardPart {
  turnId: number;
  sequence: number;
  characters: number;
}

// A long visit, at some 5 KB for an answer with its quotations; a kiosk talks all day.
const mostKept = 50;

export const emptyTranscript: Transcript = { exchanges: [], turns: new Map(), said: '', asked: 0, aloud: true };

export function ask(transcript: Transcript, requestId: string, question: string, aloud: boolean): Transcript {
  return append(transcript, { id: requestId, requestId, question, aloud, spoken: false, turnId: null, phase: 'waiting', failure: null, rating: null });
}

function append(transcript: Transcript, exchange: Exchange): Transcript {
  const exchanges = [...transcript.exchanges.map(stopIfOpen), exchange].slice(-mostKept);
  const kept = new Set(exchanges.map((e) => e.turnId));
  const last = transcript.exchanges.at(-1)?.turnId;
  const turns = [...transcript.turns].filter(([id]) => kept.has(id)).map(([id, turn]) => [id, id === last ? turn : forHistory(turn)] as const);
  return { ...transcript, asked: transcript.asked + 1, exchanges, turns: new Map(turns) };
}

/** The visitor stopped it; with `heard`, what the voice had not said yet is taken away. */
export function stop(transcript: Transcript, heard: HeardPart | null): Transcript {
  const cutShort = heard ? breakOff(transcript, heard.turnId, heard) : transcript;
  return { ...cutShort, exchanges: cutShort.exchanges.map(stopIfOpen) };
}

/** One answer was broken off; a voice may still be speaking when the server has said all there is. */
export function breakOff(transcript: Transcript, turnId: number, heard: HeardPart | null): Transcript {
  const cutShort = heard ? changeTurn(transcript, turnId, (turn) => cut(turn, heard)) : transcript;
  return { ...cutShort, exchanges: cutShort.exchanges.map((e) => (e.turnId === turnId && (heard || isOpen(e)) ? { ...e, phase: 'stopped' } : e)) };
}

export function fail(transcript: Transcript, requestId: string, failure: ErrorPayload): Transcript {
  return changeExchange(transcript, requestId, (e) => (isPending(e) ? { ...e, phase: 'failed', failure } : e));
}

/** The same question once more, under a new number. */
export function retry(transcript: Transcript, requestId: string, newId: string): Transcript {
  return changeExchange(transcript, requestId, (e) => ({ ...e, requestId: newId, turnId: null, phase: 'waiting', failure: null }));
}

export function rated(transcript: Transcript, turnId: number, rating: Rating | null): Transcript {
  return { ...transcript, exchanges: transcript.exchanges.map((e) => (e.turnId === turnId ? { ...e, rating } : e)) };
}

/** Another session counts its turns from 1 again: those of the last one keep their texts under names that nobody says. */
export function closeSession({ exchanges, turns, asked, aloud }: Transcript): Transcript {
  const lowest = Math.min(0, ...turns.keys());
  const renamed = new Map([...turns.keys()].map((id, i) => [id, id < 0 ? id : lowest - 1 - i]));
  const named = (id: number): number => renamed.get(id) ?? id;
  return {
    said: '',
    asked,
    aloud,
    turns: new Map([...turns].map(([id, turn]) => [named(id), { ...turn, id: named(id) }])),
    exchanges: exchanges.map((e) => (e.turnId === null ? e : { ...e, requestId: e.id, turnId: named(e.turnId) })),
  };
}

export function receive(transcript: Transcript, message: ServerMessage): Transcript {
  switch (message.msg_type) {
    case 'TRANSCRIPT':
      return message.payload.is_final ? { ...transcript, said: message.payload.text } : transcript;
    case 'TURN_STARTED':
      return begin(transcript, message.payload.turn_id, message.payload.request_id);
    case 'RESPONSE': {
      const { turn_id: id, request_id: requestId } = message.payload;
      const bound = bind(transcript, id, requestId);
      if (message.payload.interrupted) return breakOff(bound, id, null);
      return isStopped(bound, id) ? bound : settle(changeTurn(bound, id, (turn) => takeResponse(turn, message.payload)), id);
    }
    case 'AUDIO_META': {
      const bound = bind(transcript, message.payload.turn_id);
      const id = message.payload.turn_id;
      return isStopped(bound, id) ? bound : changeTurn(bound, id, (turn) => takeSound(turn, message.payload));
    }
    case 'SOURCES':
      return changeTurn(transcript, message.payload.turn_id, (turn) => takeSources(turn, message.payload.exhibits));
    case 'SUGGESTIONS':
      return changeTurn(transcript, message.payload.turn_id, (turn) => ({ ...turn, suggestions: message.payload.questions, nextStop: message.payload.next_stop ?? null }));
    case 'TURN_ENDED': {
      const id = message.payload.turn_id;
      if (message.payload.interrupted) return breakOff(transcript, id, null);
      return settle(changeTurn(transcript, id, (turn) => ({ ...turn, textEnded: true, voiceEnded: true })), id);
    }
    case 'ERROR':
      return message.payload.request_id ? fail(transcript, message.payload.request_id, message.payload) : transcript;
    default:
      return transcript;
  }
}

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

// A question that was said becomes one here, with its turn.
function begin(transcript: Transcript, turnId: number, requestId?: string): Transcript {
  if (!requestId || isOwn(requestId) || transcript.exchanges.some((e) => e.requestId === requestId)) return bind(transcript, turnId, requestId);
  const id = `${requestId}/${transcript.asked}`; // The next session has a voice_1 as well.
  const heard: Exchange = { id, requestId, question: transcript.said, spoken: true, aloud: transcript.aloud, turnId, phase: 'answering', failure: null, rating: null };
  return append({ ...transcript, said: '' }, heard);
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
