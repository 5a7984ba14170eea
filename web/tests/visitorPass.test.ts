import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVisitorPass, type VisitorPass } from '../src/auth/visitorPass';
import { pageStorage } from '../src/auth/tabStorage';

interface Asked {
  path: string;
  body: Record<string, unknown>;
}

describe('A visitor’s pass', () => {
  const asked: Asked[] = [];
  let server: Server;
  let expiresIn = 600;
  let refreshStatus = 200;
  let meStatus = 200;
  let pass: VisitorPass;
  let storage: Storage;

  beforeEach(async () => {
    asked.length = 0;
    expiresIn = 600;
    refreshStatus = 200;
    meStatus = 200;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => { body += part.toString(); });
      request.on('end', () => {
        const path = request.url ?? '';
        asked.push({ path, body: JSON.parse(body || '{}') as Record<string, unknown> });
        const status = path === '/api/auth/token' ? refreshStatus : path === '/api/auth/me' ? meStatus : 200;
        const number = asked.length;
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ access_token: `token-${number}`, token_type: 'bearer', expires_in: expiresIn, session_id: 'sess_1', refresh_token: `refresh-${number}` }));
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    storage = pageStorage();
    pass = createVisitorPass(() => 'zh', storage, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => { server.close(); });

  test('is asked for once, with the language, and kept', async () => {
    expect(await pass.token()).toBe('token-1');
    expect(await pass.token()).toBe('token-1');
    expect(asked).toEqual([{ path: '/api/auth/visitor', body: { language: 'zh' } }]);
  });

  test('is asked for once by two askers at the same time', async () => {
    expect(await Promise.all([pass.token(), pass.token()])).toEqual(['token-1', 'token-1']);
    expect(asked).toHaveLength(1);
  });

  test('is renewed before it expires', async () => {
    expiresIn = 10;
    await pass.token();
    expect(await pass.token()).toBe('token-2');
    expect(asked[1]).toEqual({ path: '/api/auth/token', body: { grant_type: 'refresh_token', refresh_token: 'refresh-1' } });
  });

  test('begins a new session when the old one cannot be renewed', async () => {
    await pass.token();
    refreshStatus = 401;
    await pass.renew();
    expect(asked.map((a) => a.path)).toEqual(['/api/auth/visitor', '/api/auth/token', '/api/auth/visitor']);
    expect(await pass.token()).toBe('token-3');
  });

  test('keeps its session while the server is in trouble', async () => {
    await pass.token();
    refreshStatus = 503;
    await expect(pass.renew()).rejects.toThrow('503');
    expect(await pass.token()).toBe('token-1');
  });

  test('is another one for the next visitor, though the last one’s is being renewed', async () => {
    await pass.token();
    const renewing = pass.renew();
    pass.forget();
    const next = await pass.token();
    await renewing;
    expect(asked.map((a) => a.path).filter((path) => path === '/api/auth/visitor')).toHaveLength(2);
    expect(await pass.token()).toBe(next);
  });

  test('is renewed after a failed handshake only if the server does not take it', async () => {
    await pass.token();
    await pass.verify();
    meStatus = 401;
    await pass.verify();
    expect(asked.map((a) => a.path)).toEqual(['/api/auth/visitor', '/api/auth/me', '/api/auth/me', '/api/auth/token']);
  });

  test('is not believed when what was kept is not readable', async () => {
    storage.setItem('museum.pass', '{broken');
    expect(await pass.token()).toBe('token-1');
  });
});
