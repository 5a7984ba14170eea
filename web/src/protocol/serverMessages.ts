import type { ServerPayloads, StatusPayload } from './generated';

export type {
  AudioMetaPayload as AudioMeta, AvatarTrackPayload as AvatarTrack, ErrorPayload, ExhibitSource, NextStop,
  RegisterAckPayload as RegisterAck, ResponsePayload, SpokenWord,
} from './generated';

export type CapabilityState = StatusPayload['capabilities'][string];
export type Capabilities = Record<'voice' | 'face' | 'hearing' | 'llm', CapabilityState>;

/** What the server says: docs/protocol.md. */
export type ServerMessage = { [T in keyof ServerPayloads]: { msg_type: T; payload: ServerPayloads[T] } }[keyof ServerPayloads];

const known: Record<keyof ServerPayloads, true> = {
  REGISTER_ACK: true, RESPONSE: true, INTERRUPT_ACK: true, AUDIO_META: true, AVATAR_TRACK: true, SOURCES: true,
  SUGGESTIONS: true, TURN_STARTED: true, TURN_ENDED: true, TURN_METRICS: true, STATUS: true, SESSION_WARN: true,
  SPEECH_STARTED: true, SPEECH_STOPPED: true, TRANSCRIPT: true, TURN_PAUSED: true, TURN_RESUMED: true,
  SESSION_INFO: true, HEARTBEAT: true, HEALTH_CHECK_ACK: true, SHUTDOWN: true, ERROR: true,
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
