import type { Resume } from '../protocol/clientMessages';
import type { RegisterAck } from '../protocol/serverMessages';

/** From where the server has to repeat itself after a broken connection. */
export interface ResumePoint {
  /** What REGISTER says about it; null: there is nothing to continue. */
  readonly resume: Resume | null;
  registered(ack: RegisterAck): void;
  /** A message was taken; true when it is time to acknowledge. */
  remember(seq: number): boolean;
  forget(): void;
}

// Small enough that the server's replay buffer (256 KB) never fills with what we have.
const ackEvery = 16;

export function createResumePoint(): ResumePoint {
  let resume: Resume | null = null;
  let unacknowledged = 0;

  return {
    get resume() { return resume; },
    registered({ session_id, resume_token }) {
      const last_seq = resume?.session_id === session_id ? resume.last_seq : 0;
      resume = resume_token ? { session_id, resume_token, last_seq } : null;
    },
    remember(seq) {
      // Not the maximum: a server that could not resume counts from the beginning again.
      if (resume) resume = { ...resume, last_seq: seq };
      unacknowledged = (unacknowledged + 1) % ackEvery;
      return unacknowledged === 0;
    },
    forget() {
      resume = null;
    },
  };
}
