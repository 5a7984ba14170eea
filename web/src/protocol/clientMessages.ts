/** What the page says: protocol.md, as Contracts/Protocol/ClientMessages.cs reads it. */

export interface Resume {
  session_id: string;
  resume_token: string;
  last_seq: number;
  /** Up to where the guide's sound has arrived: what was on the way when the connection broke is said again. */
  sound: SoundPoint;
}

export interface SoundPoint {
  turn_id: number;
  sequence: number;
  end_ms: number;
}

export interface Playback {
  turn_id: number;
  sequence: number;
  played_ms: number;
  state: 'started' | 'finished' | 'stopped';
}

export interface SceneContext {
  hall?: number;
  exhibit_id?: string;
  current_scene?: string;
}

interface Payloads {
  REGISTER: {
    platform: 'WEB';
    require_tts: boolean;
    enable_srs: true;
    function_calling: [];
    language: string;
    features: readonly string[];
    audio: { output: { format: 'pcm16'; sample_rate: number } };
    greeting: false;
    scene_context?: SceneContext;
    resume?: Resume;
  };
  REQUEST: {
    request_id: string;
    data_type: 'TEXT';
    stream_flag: false;
    stream_seq: 0;
    require_tts?: boolean;
    content: { text: string };
    /** With an empty text only the session changes. */
    update_session?: { scene_context: SceneContext };
  };
  INTERRUPT: { interrupt_request_id: string; reason: 'USER_STOP' | 'USER_NEW_INPUT' };
  HEARTBEAT_REPLY: { client_status: string };
  PLAYBACK: Playback;
  ACK: { last_seq: number };
}

export type ClientMessageType = keyof Payloads;
export type ClientPayload<T extends ClientMessageType> = Payloads[T];

/** Everything this page can show; the server sends nothing else. */
export const features = [
  'speech_events', 'transcripts', 'avatar_track', 'binary_audio', 'sources', 'suggestions', 'status', 'metrics', 'numbered_audio',
] as const;

export function encode<T extends ClientMessageType>(
  type: T, payload: ClientPayload<T>, sessionId: string | null, now = Date.now(),
): string {
  return JSON.stringify({ version: '1.0', msg_type: type, session_id: sessionId, payload, timestamp: now });
}
