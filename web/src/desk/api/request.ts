import type { DeskSession } from '../session/deskSession';
import { Problem } from './problem';

export interface Sent {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** JSON, or files. */
  body?: object;
  /** The revision that the change was made from. */
  revision?: number;
  signal?: AbortSignal;
}

export type Request = (path: string, sent?: Sent) => Promise<Response>;

// Longer than the gateway's 30 s, so that its own words arrive.
const deadlineMs = 40_000;

/** Asks the curators' API in the session's name; throws a Problem for every refusal. */
export function createRequest(session: DeskSession, base = ''): Request {
  async function once(path: string, { method = 'GET', body, revision, signal }: Sent, token: string): Promise<Response> {
    const headers = new Headers({ authorization: `Bearer ${token}` });
    if (revision !== undefined) headers.set('if-match', `"${String(revision)}"`);
    if (body && !(body instanceof FormData)) headers.set('content-type', 'application/json');
    const deadline = AbortSignal.timeout(deadlineMs);
    return fetch(`${base}/api/curator/${path}`, {
      method,
      headers,
      body: body instanceof FormData ? body : body ? JSON.stringify(body) : null,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
  }

  return async (path, sent = {}) => {
    let token = await session.token();
    let answer = await once(path, sent, token);
    if (answer.status === 401) {
      // Expired on the way, revoked, or signed with a key that is gone: with a fresh one, once.
      session.refused(token);
      token = await session.token();
      answer = await once(path, sent, token);
    }
    if (!answer.ok) throw await Problem.of(answer);
    return answer;
  };
}
