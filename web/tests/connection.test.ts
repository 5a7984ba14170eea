import { createServer, type AddressInfo } from 'node:net';
import { effectScope, type EffectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { delayBefore } from '../src/connection/backoff';
import { useWebSocketConnection, type ConnectionOptions, type WebSocketConnection } from '../src/connection/useWebSocketConnection';
import { GuideServer } from './guideServer';
import { until } from './until';

const backoff = { baseMs: 10, maxMs: 40 };
let server: GuideServer;
let scope: EffectScope;

beforeEach(async () => {
  server = await GuideServer.start();
  scope = effectScope();
});
afterEach(async () => {
  scope.stop();
  await server.stop();
});

function connection(options: Partial<ConnectionOptions> = {}): WebSocketConnection {
  const made = scope.run(() => useWebSocketConnection({ url: () => server.url, backoff, ...options }));
  if (!made) throw new Error('The scope has ended');
  return made;
}

describe('A connection', () => {
  test('is connected when connect resolves to true', async () => {
    const { connect, connectionState, reconnectAttempts } = connection();
    expect(await connect()).toBe(true);
    expect(connectionState.value).toBe('connected');
    expect(reconnectAttempts.value).toBe(0);
  });

  test('hears binary as ArrayBuffer and text as string', async () => {
    const heard: unknown[] = [];
    await connection({ onMessage: (data) => heard.push(data) }).connect();
    await until(() => { expect(server.open).toHaveLength(1); });
    server.say('AUDIO_META', { size: 2 }, new Uint8Array([1, 2]));
    await until(() => { expect(heard).toHaveLength(2); });
    expect(heard[0]).toBeTypeOf('string');
    expect(heard[1]).toBeInstanceOf(ArrayBuffer);
  });

  test('resolves to false and says why when nobody is there, and never throws', async () => {
    const { connect, connectionState, lastError } = connection({ url: () => 'ws://127.0.0.1:1/' });
    expect(await connect()).toBe(false);
    expect(connectionState.value).toBe('error');
    expect(lastError.value).not.toBeNull();
  });

  test('resolves to false when its protocols cannot be had', async () => {
    const { connect, lastError } = connection({ protocols: () => Promise.reject(new Error('no pass')) });
    expect(await connect()).toBe(false);
    expect(lastError.value).toBe('no pass');
  });

  test('gives up waiting for its protocols after a while, and knocks again', async () => {
    let asked = 0;
    const made = connection({ protocols: () => (++asked === 1 ? new Promise(() => { /* no pass comes */ }) : Promise.resolve(['museum'])), connectTimeoutMs: 2000 });
    expect(await made.connect()).toBe(false);
    expect(made.lastError.value).toBe('No answer in time');
    await until(() => { expect(made.connectionState.value).toBe('connected'); });
  });

  test('gives up a server that never answers, and closes the half-open socket', async () => {
    let closed = 0;
    const mute = createServer((socket) => socket.on('close', () => { closed += 1; }).resume());
    await new Promise<void>((resolve) => { mute.listen(0, '127.0.0.1', resolve); });
    const { port } = mute.address() as AddressInfo;
    const { connect } = connection({ url: () => `ws://127.0.0.1:${port}`, connectTimeoutMs: 50, backoff: { baseMs: 60_000, maxMs: 60_000 } });
    expect(await connect()).toBe(false);
    await until(() => { expect(closed).toBe(1); });
    mute.close();
  });

  test('comes back by itself after it is lost, counting its attempts until it is open again', async () => {
    const attempts: number[] = [];
    const made: WebSocketConnection = connection({ onLost: () => { attempts.push(made.reconnectAttempts.value); } });
    await made.connect();
    server.drop();
    await until(() => { expect(attempts).toEqual([1]); });
    await until(() => { expect(made.connectionState.value).toBe('connected'); });
    expect(made.reconnectAttempts.value).toBe(0);
  });

  test('does not come back after a final code', async () => {
    const made = connection({ isFinal: (code) => code === 4001 });
    await made.connect();
    server.close(4001);
    await until(() => { expect(made.connectionState.value).toBe('error'); });
    await until(() => { expect(server.open).toHaveLength(0); });
    expect(made.lastError.value).toContain('4001');
  });

  test('closes with 1000 and its reason when disconnected', async () => {
    const made = connection();
    await made.connect();
    await until(() => { expect(server.open).toHaveLength(1); });
    const closed = new Promise<[number, string]>((resolve) => server.open[0]?.on('close', (code, reason) => { resolve([code, reason.toString()]); }));
    made.disconnect();
    expect(await closed).toEqual([1000, 'Normal closure']);
    expect(made.connectionState.value).toBe('disconnected');
    expect(made.send('too late')).toBe(false);
  });

  test('lets go of a socket that is still connecting', async () => {
    const made = connection();
    const connecting = made.connect();
    made.disconnect();
    expect(await connecting).toBe(false);
    expect(made.connectionState.value).toBe('disconnected');
    await until(() => { expect(server.open).toHaveLength(0); });
  });

  test('closes a socket that is still connecting when it is open, as any other: a browser complains of one closed before', async () => {
    let asked = false;
    const made = connection({ url: () => { asked = true; return server.url; } });
    const connecting = made.connect();
    while (!asked) await Promise.resolve();
    made.disconnect();
    expect(await connecting).toBe(false);
    await until(() => { expect(server.goodbyes).toEqual([[1000, 'Normal closure']]); });
  });

  test('ends with its scope', async () => {
    await connection().connect();
    await until(() => { expect(server.open).toHaveLength(1); });
    scope.stop();
    await until(() => { expect(server.open).toHaveLength(0); });
  });
});

describe('The back-off', () => {
  test('doubles up to its longest', () => {
    const longest = [1, 2, 3, 4, 5, 6, 7].map((attempt) => delayBefore(attempt, { baseMs: 500, maxMs: 15_000 }, () => 1));
    expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test('leaves the upper half to chance', () => {
    expect(delayBefore(2, { baseMs: 500, maxMs: 15_000 }, () => 0)).toBe(500);
  });
});
