/** What the server says: protocol.md, as Contracts/Protocol/ServerMessages.cs writes it. */

export interface RegisterAck {
  status: string;
  session_id: string;
  session_timeout_seconds: number;
  resume_token?: string;
  /** In answer to `resume`: the conversation goes on. */
  resumed?: boolean;
}

export interface ResponsePayload {
  request_id: string;
  turn_id: number;
  sequence?: number;
  text_stream_seq?: number;
  voice_stream_seq?: number;
  content: { text?: string };
  interrupted?: boolean;
  seq?: number;
}

export interface SpokenWord {
  text: string;
  /** Milliseconds from the sentence's first sample. */
  start_ms: number;
  end_ms: number;
}

/** Announces one binary frame; `size` 0: none follows, the sentence ends without more sound. */
export interface AudioMeta {
  seq: number;
  turn_id: number;
  sequence: number;
  size: number;
  duration_ms: number;
  text: string;
  sample_rate: number;
  start_ms: number;
  last?: boolean;
  words?: SpokenWord[];
}

export interface AvatarTrack {
  turn_id: number;
  sequence: number;
  start_ms: number;
  visemes: { t_ms: number; id: string; weight: number }[];
  expression: string;
  action: string;
}

export interface ExhibitSource {
  id: string;
  title: string;
  quote: string;
  score: number;
  hall?: number;
  /** All passages that the answer stands on; absent: no more than the quote. */
  passages?: string[];
}

/** Where the visit may go next. */
export interface NextStop {
  exhibit_id: string;
  title: string;
  hall: number;
  hall_name: string;
  invitation: string;
  propose: boolean;
}

/** What was heard; the words may change until `is_final`. */
export interface HeardWords {
  turn_id?: number;
  text: string;
  is_final: boolean;
}

export type CapabilityState = 'ok' | 'degraded' | 'away';
export type Capabilities = Record<'voice' | 'face' | 'hearing' | 'llm', CapabilityState>;

export interface ErrorPayload {
  error_code: string;
  error_msg: string;
  retryable: boolean;
  request_id?: string;
  retry_after_ms?: number;
}

interface Payloads {
  REGISTER_ACK: RegisterAck;
  RESPONSE: ResponsePayload;
  INTERRUPT_ACK: { interrupted_request_ids: string[]; status: string };
  AUDIO_META: AudioMeta;
  AVATAR_TRACK: AvatarTrack;
  SOURCES: { turn_id: number; exhibits: ExhibitSource[]; unsupported_sentences?: number[] };
  SUGGESTIONS: { turn_id: number; questions: string[]; next_stop?: NextStop };
  SPEECH_STARTED: { audio_ms: number };
  SPEECH_STOPPED: { audio_ms: number };
  TRANSCRIPT: HeardWords;
  TURN_STARTED: { turn_id: number; request_id?: string };
  TURN_PAUSED: { turn_id: number; reason: string };
  TURN_RESUMED: { turn_id: number };
  TURN_ENDED: { turn_id: number; interrupted: boolean; heard_text?: string };
  TURN_METRICS: { turn_id: number };
  STATUS: { capabilities: Partial<Capabilities>; reason?: string };
  SESSION_WARN: { warn_type: 'EXPIRE_SOON' | 'IDLE' | 'CALL_LIMIT'; remaining_seconds: number };
  HEARTBEAT: { remaining_seconds: number };
  SHUTDOWN: { reason: string; reconnect_after_ms?: number };
  ERROR: ErrorPayload;
}

export type ServerMessage = { [T in keyof Payloads]: { msg_type: T; payload: Payloads[T] } }[keyof Payloads];

const known: Record<keyof Payloads, true> = {
  REGISTER_ACK: true, RESPONSE: true, INTERRUPT_ACK: true, AUDIO_META: true, AVATAR_TRACK: true, SOURCES: true,
  SUGGESTIONS: true, TURN_STARTED: true, TURN_ENDED: true, TURN_METRICS: true, STATUS: true, SESSION_WARN: true,
  SPEECH_STARTED: true, SPEECH_STOPPED: true, TRANSCRIPT: true, TURN_PAUSED: true, TURN_RESUMED: true,
  HEARTBEAT: true, SHUTDOWN: true, ERROR: true,
};

/** Null for what this page does not know: a newer server may say more than we understand. */
export function parseServerMessage(text: string): ServerMessage | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const { msg_type: type, payload } = message as { msg_type?: unknown; payload?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(known, type)) return null;
  if (typeof payload !== 'object' || payload === null) return null;
  return message as ServerMessage;
}
