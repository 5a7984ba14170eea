import type { ClientPayloads, Feature, ResumePayload } from './generated';

export type { SceneContext, SoundPoint } from './generated';
export type Resume = Required<ResumePayload>;

/** What the page says: docs/protocol.md. */
export type ClientMessageType = keyof ClientPayloads;
export type ClientPayload<T extends ClientMessageType> = ClientPayloads[T];

/** Everything this page can show; the server sends nothing else. */
export const features = [
  'speech_events', 'transcripts', 'avatar_track', 'binary_audio', 'sources', 'suggestions', 'status', 'metrics', 'numbered_audio',
] as const satisfies readonly Feature[];

export function encode<T extends ClientMessageType>(
  type: T, payload: ClientPayload<T>, sessionId: string | null, now = Date.now(),
): string {
  return JSON.stringify({ version: '1.0', msg_type: type, session_id: sessionId, payload, timestamp: now });
}
