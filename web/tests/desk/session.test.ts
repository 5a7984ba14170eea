import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRequest } from '../../src/desk/api/request';
import { createDeskSession } from '../../src/desk/session/deskSession';
import { pageStorage } from '../../src/auth/tabStorage';
import { until } from '../until';
import { Museum } from './museum';

describe('A curator’s session', () => {
  let museum: Museum;
  beforeEach(async () => { museum = await Museum.open(); });
  afterEach(() => museum.close());

  const halls = 'halls';
  const open = (storage = pageStorage()) => {
    const session = createDeskSession(storage, museum.url);
    return { session, storage, request: createRequest(session, museum.url) };
  };

  test('opens with the right password only', async () => {
    const { session } = open();
    await expect(session.signIn('ana', 'wrong', 'en')).rejects.toMatchObject({ status: 401, code: 'credentials_invalid' });
    expect(session.state.value).toBe('out');
    await session.signIn('ana', 'correct horse', 'en');
    expect([session.state.value, session.account.value]).toEqual(['in', 'ana']);
  });

  test('is refused to who is no curator', async () => {
    const { session } = open();
    await expect(session.signIn('guest', 'correct horse', 'en')).rejects.toMatchObject({ code: 'not_a_curator' });
    expect(session.state.value).toBe('out');
  });

  test('is still open after the page was loaded again', async () => {
    const { session, storage } = open();
    await session.signIn('ana', 'correct horse', 'en');
    expect(open(storage).session).toMatchObject({ state: { value: 'in' }, account: { value: 'ana' } });
  });

  test('renews its token once, however many ask at once', async () => {
    museum.expiresIn = 1; // Less than what is spared: due at once.
    const { session, request } = open();
    await session.signIn('ana', 'correct horse', 'en');
    museum.expiresIn = 600;
    await Promise.all([request(halls), request(halls), request(halls)]);
    expect(museum.renewals).toHaveLength(1);
  });

  test('that has ended asks again, and what was asked meanwhile is answered then', async () => {
    const { session, request } = open();
    await session.signIn('ana', 'correct horse', 'en');
    museum.endSessions();
    const answer = request(halls);
    await until(() => { expect(session.state.value).toBe('ended'); });
    await session.signIn('ana', 'correct horse', 'en');
    expect((await answer).status).toBe(200);
  });

  test('that is left is forgotten here and there', async () => {
    const { session, storage } = open();
    await session.signIn('ana', 'correct horse', 'en');
    const token = await session.token();
    await session.signOut();
    expect(open(storage).session.state.value).toBe('out');
    expect((await fetch(`${museum.url}/api/curator/halls`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  });
});
