import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const startLimitMs = 180_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits on a condition, asked twice a second. */
export async function until(condition, what, limitMs = startLimitMs) {
  for (const end = Date.now() + limitMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    if (await condition()) return;
  }
  throw new Error(`Not within ${limitMs / 1000} s: ${what}`);
}

async function speaks(url) {
  const { capabilities } = await (await fetch(`${url}/api/status`)).json();
  return ['events', 'voice', 'face', 'hearing'].every((name) => capabilities[name]?.state !== 'away');
}

/**
 * The suite to look at: the one at `--url`, or one of its own with private ports and data, as `./museum run` starts it.
 * @returns {Promise<{url: string, password: () => Promise<string>, stop: () => Promise<void>}>} `password`: the first account's.
 */
export async function suiteFor({ root, url, 'password-file': passwordFile }) {
  if (url) return { url: url.replace(/\/$/, ''), password: async () => (await readFile(passwordFile, 'utf8')).trim(), stop: async () => undefined };
  const data = await mkdtemp(join(tmpdir(), 'museum-bench-'));
  const [port, grpc] = [await freePort(), await freePort()];
  const host = spawn('dotnet', ['exec', 'bin/compat/Release/net10.0/AppHost.dll', `--Museum:Port=${port}`, `--Museum:GrpcPort=${grpc}`, `--Museum:Data=${data}`,
    '--Museum:Set:RateLimit:PermitLimit=1000000', '--Museum:Set:RateLimit:AnonymousPermitLimit=1000000'], { cwd: join(root, 'AppHost'), stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(join(root, '.museum/page-suite.log'));
  host.stderr.pipe(log);
  const ended = new Promise((resolve) => host.once('exit', resolve));
  const stop = async () => {
    host.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void stop().finally(() => process.exit(130)));
  try {
    await new Promise((resolve, reject) => {
      createInterface({ input: host.stdout }).on('line', (line) => {
        log.write(`${line}\n`);
        if (line.includes('Museum is ready')) resolve();
      });
      void ended.then(() => reject(new Error('The suite ended before it was ready; see .museum/page-suite.log.')));
    });
    const own = `http://127.0.0.1:${port}`;
    await until(() => speaks(own), 'the suite answers aloud');
    return { url: own, password: async () => (await readFile(join(data, 'first-password'), 'utf8')).trim(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
