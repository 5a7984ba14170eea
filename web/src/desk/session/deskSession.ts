import { readonly, ref, type Ref } from 'vue';
import { Problem } from '../api/problem';

interface Tokens { access_token: string; refresh_token: string; expires_in: number; session_id: string }
interface Kept extends Omit<Tokens, 'expires_in'> {
  account: string;
  /** Unix milliseconds. */
  expires_at: number;
}

/** `ended`: it was open and is no more; what is on the screen stays until the curator has signed in again. */
export type SessionState = 'out' | 'in' | 'ended';

export interface DeskSession {
  state: Readonly<Ref<SessionState>>;
  account: Readonly<Ref<string>>;
  /** Throws a Problem: 401 `credentials_invalid`, 403 `not_a_curator`, 429, … */
  signIn(account: string, password: string, language: string): Promise<void>;
  signOut(): Promise<void>;
  /** Ends the account's other sessions; throws a Problem: `wrong_password`, `password_too_weak`, … */
  changePassword(current: string, next: string): Promise<void>;
  /** A token that is valid for another half minute. When the session has ended, it comes once the curator has signed in again. */
  token(): Promise<string>;
  /** The server refuses this token: the next one is another. */
  refused(token: string): void;
}

const key = 'museum.desk';
const sparedMs = 30_000;
const deadlineMs = 15_000;

/** The curator's session of this tab; it ends with the tab. */
export function createDeskSession(storage: Storage, base = ''): DeskSession {
  let kept = read();
  let renewing: Promise<void> | null = null; // A refresh token is good for one use.
  const state = ref<SessionState>(kept ? 'in' : 'out');
  const account = ref(kept?.account ?? '');
  let waiting: (() => void)[] = [];

  function read(): Kept | null {
    try {
      return JSON.parse(storage.getItem(key) ?? 'null') as Kept | null;
    } catch {
      return null;
    }
  }

  function keep(tokens: Tokens, name: string): void {
    kept = { access_token: tokens.access_token, refresh_token: tokens.refresh_token, session_id: tokens.session_id, account: name, expires_at: Date.now() + tokens.expires_in * 1000 };
    storage.setItem(key, JSON.stringify(kept));
  }

  function drop(next: SessionState): void {
    kept = null;
    storage.removeItem(key);
    state.value = next;
  }

  async function call(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(base + path, { ...init, signal: AbortSignal.timeout(deadlineMs) });
    if (!answer.ok) throw await Problem.of(answer);
    return answer;
  }

  const post = (path: string, body: object) =>
    call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  async function renew(): Promise<void> {
    try {
      const answer = await post('/api/auth/token', { grant_type: 'refresh_token', refresh_token: kept?.refresh_token });
      keep((await answer.json()) as Tokens, account.value);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 429 || error.status >= 500) throw error;
      drop('ended');
    }
  }

  async function signIn(name: string, password: string, language: string): Promise<void> {
    const tokens = (await (await post('/api/auth/login', { account: name, password, language })).json()) as Tokens;
    const bearer = { headers: { authorization: `Bearer ${tokens.access_token}` } };
    const { roles } = (await (await call('/api/auth/me', bearer)).json()) as { roles: string[] };
    if (!roles.includes('curator')) {
      await call(`/api/session/${tokens.session_id}`, { method: 'DELETE', ...bearer });
      throw new Problem(403, 'not_a_curator', 'This account is not a curator’s.');
    }
    account.value = name;
    keep(tokens, name);
    state.value = 'in';
    const resume = waiting;
    waiting = [];
    resume.forEach((go) => go());
  }

  async function token(): Promise<string> {
    if (kept && kept.expires_at - sparedMs < Date.now()) {
      renewing ??= renew().finally(() => { renewing = null; });
      await renewing;
    }
    if (kept) return kept.access_token;
    await new Promise<void>((resolve) => { waiting.push(resolve); });
    return token();
  }

  async function signOut(): Promise<void> {
    const old = kept;
    drop('out');
    account.value = '';
    if (old) await call(`/api/session/${old.session_id}`, { method: 'DELETE', headers: { authorization: `Bearer ${old.access_token}` } });
  }

  async function changePassword(current: string, next: string): Promise<void> {
    const bearer = `Bearer ${await token()}`;
    try {
      await call('/api/auth/password', { method: 'POST', headers: { 'content-type': 'application/json', authorization: bearer }, body: JSON.stringify({ current_password: current, new_password: next }) });
    } catch (error) {
      throw error instanceof Problem && error.code === 'credentials_invalid' ? new Problem(401, 'wrong_password', error.message) : error;
    }
  }

  function refused(token: string): void {
    if (kept?.access_token === token) kept.expires_at = 0;
  }

  return { state: readonly(state), account: readonly(account), signIn, signOut, changePassword, token, refused };
}
