import type { components } from '../api/generated';

/** A visitor needs no account: a short token for this tab, renewed as long as the session lives. */
export interface VisitorPass {
  /** A token that is valid for at least another half minute; throws when none can be had. */
  token(): Promise<string>;
  /** Gets a fresh token for the same session; when the server no longer knows it, a new session. */
  renew(): Promise<void>;
  /** A handshake failed: a fresh token only if the server says that it does not take this one. A refresh token that is spent while answers get lost ends the session. */
  verify(): Promise<void>;
  /** Drops the session: the next token belongs to a new one. */
  forget(): void;
}

interface Stored {
  access_token: string;
  refresh_token: string | undefined;
  session_id: string;
  /** Unix milliseconds. */
  expires_at: number;
}

type TokenAnswer = components['schemas']['TokenAnswer'];

const key = 'museum.pass';
const sparedMs = 30_000;
const deadlineMs = 10_000;

export function createVisitorPass(language: () => string, storage: Storage, base = ''): VisitorPass {
  let generation = 0; // What an older one is still told is not kept: it was the last visitor's.
  let pending: Promise<void> | null = null; // Two askers at once share one call: a refresh token is good for one use.

  function read(): Stored | null {
    try {
      return JSON.parse(storage.getItem(key) ?? 'null') as Stored | null;
    } catch {
      return null;
    }
  }

  async function post(path: string, body: object): Promise<TokenAnswer | null> {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(deadlineMs),
    });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return null;
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return (await answer.json()) as TokenAnswer;
  }

  async function obtain(): Promise<void> {
    const own = generation;
    const old = read();
    const renewed = old?.refresh_token
      ? await post('/api/auth/token', { grant_type: 'refresh_token', refresh_token: old.refresh_token })
      : null;
    const answer = renewed ?? (await post('/api/auth/visitor', { language: language() }));
    if (!answer) throw new Error('The server gives no pass');
    if (own !== generation) return;
    const kept = renewed ? old : null;
    storage.setItem(key, JSON.stringify({
      access_token: answer.access_token,
      refresh_token: answer.refresh_token ?? kept?.refresh_token,
      session_id: answer.session_id ?? kept?.session_id ?? '',
      expires_at: Date.now() + answer.expires_in * 1000,
    } satisfies Stored));
  }

  function renew(): Promise<void> {
    if (pending) return pending;
    const obtaining = obtain().finally(() => { if (pending === obtaining) pending = null; });
    return (pending = obtaining);
  }

  async function token(): Promise<string> {
    const stored = read();
    if (stored && stored.expires_at - sparedMs > Date.now()) return stored.access_token;
    await renew();
    return read()?.access_token ?? '';
  }

  async function verify(): Promise<void> {
    const stored = read();
    if (!stored) return;
    const answer = await fetch(`${base}/api/auth/me`, { headers: { authorization: `Bearer ${stored.access_token}` }, signal: AbortSignal.timeout(deadlineMs) });
    if (answer.status === 401) await renew();
  }

  function forget(): void {
    generation += 1;
    pending = null;
    storage.removeItem(key);
  }

  return { token, renew, verify, forget };
}
