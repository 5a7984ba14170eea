import type { Resume, SoundPoint } from '../protocol/clientMessages';
import type { AudioMeta, RegisterAck } from '../protocol/serverMessages';

/** From where the server has to repeat itself after a broken connection. */
export interface ResumePoint {
  /** What REGISTER says about it; null: there is nothing to continue. */
  readonly resume: Resume | null;
  registered(ack: RegisterAck): void;
  /** A message was taken; true when it is time to acknowledge. */
  remember(seq: number): boolean;
  /** A piece of the guide's sound was taken, whole. */
  heard(piece: Pick<AudioMeta, 'turn_id' | 'sequence' | 'start_ms' | 'duration_ms'>): void;
  forget(): void;
}

// Small enough that the server's replay buffer (256 KB) never fills with what we have.
const ackEvery = 16;

const nothing: SoundPoint = { turn_id: 0, sequence: 0, end_ms: 0 };

export function createResumePoint(): ResumePoint {
  let resume: Omit<Resume, 'sound'> | null = null;
  let sound = nothing;
  let unacknowledged = 0;

  return {
    get resume() { return resume && { ...resume, sound }; },
    registered({ session_id, resume_token, resumed }) {
      const before = resumed ? resume : null; // Another conversation counts from 1 again.
      if (!before) sound = nothing;
      resume = resume_token ? { session_id, resume_token, last_seq: before?.last_seq ?? 0 } : null;
    },
    remember(seq) {
      // Not the maximum: a server that could not resume counts from the beginning again.
      if (resume) resume = { ...resume, last_seq: seq };
      unacknowledged = (unacknowledged + 1) % ackEvery;
      return unacknowledged === 0;
    },
    heard({ turn_id, sequence, start_ms, duration_ms }) {
      sound = { turn_id, sequence, end_ms: start_ms + duration_ms };
    },
    forget() {
      resume = null;
    },
  };
}
