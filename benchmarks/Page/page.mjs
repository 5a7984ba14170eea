// ./museum bench page: how soon a visitor can write, what comes over the wire for it, whether anything moves, and what the guide costs a frame.
import { execSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { ask, launch, optionsOf, voice } from './browser.mjs';
import { watchFrames, watchLoading } from './probes.mjs';
import { suiteFor } from './suite.mjs';

const goals = { readyMs: 1500, firstScriptKb: 250, shift: 0.001, scriptingMs: 4, drawCalls: 30 };
const watchedMs = 10_000;

const options = optionsOf('loads');
const loads = Number(options.loads ?? 10);
const lines = [];
let missed = 0;
const line = (text) => { lines.push(text); console.log(text); };
const figure = (name, value, goal, met) => {
  if (!met) missed += 1;
  line(`${name.padEnd(48)} ${value.padStart(24)}   ${goal.padEnd(12)} ${met ? 'met' : 'MISSED'}`);
};
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];

/** One visit with an empty cache, and what it measured of itself. */
async function load(browser, url) {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watchLoading);
  await page.addInitScript(watchFrames);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.measured.readyMs !== undefined);
  await page.waitForLoadState('networkidle');
  return { page, measured: await page.evaluate(() => ({ ...globalThis.measured, scripts: performance.getEntriesByType('resource').filter((e) => e.initiatorType === 'script' || e.name.endsWith('.js')).map((e) => ({ url: e.name, at: e.responseEnd })) })) };
}

/** What a browser that takes gzip gets of these, in KB. */
async function gzipped(urls) {
  const sizes = await Promise.all([...new Set(urls)].map(async (url) => {
    const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    return Number(response.headers.get('content-length') ?? (await response.arrayBuffer()).byteLength);
  }));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

const suite = await suiteFor(options);
const browser = await launch(options.root);
try {
  line(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, ${execSync('/usr/bin/chromium --version', { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim()}, 1280 × 800, drawn in software`);
  await (await load(browser, suite.url)).page.context().close(); // The first visit of all warms server and browser.
  const visits = [];
  for (let i = 0; i < loads; i++) {
    const { page, measured } = await load(browser, suite.url);
    visits.push(measured);
    if (i < loads - 1) await page.context().close();
    else visits.page = page;
  }
  const ready = visits.map((v) => v.readyMs);
  const first = visits[0].scripts.filter((s) => s.at <= visits[0].readyMs).map((s) => s.url);
  const later = visits[0].scripts.filter((s) => s.at > visits[0].readyMs).map((s) => s.url);
  figure('field usable and painted', `p50 ${quantile(ready, 0.5).toFixed(0)}, max ${Math.max(...ready).toFixed(0)} ms`, `≤ ${goals.readyMs} ms`, quantile(ready, 0.5) <= goals.readyMs);
  const kb = await gzipped(first);
  figure('JavaScript until then, gzip on the wire', `${kb.toFixed(1)} KB`, `≤ ${goals.firstScriptKb} KB`, kb <= goals.firstScriptKb);
  line(`${'JavaScript after that (the figure and the like)'.padEnd(48)} ${`${(await gzipped(later)).toFixed(1)} KB`.padStart(24)}`);

  const { page } = visits;
  await ask(page, 'Tell me about the Terracotta Army.');
  await voice(page, 'playing');
  await page.evaluate(() => { globalThis.frames.scriptMs.length = 0; });
  await page.waitForTimeout(watchedMs);
  const { scriptMs, mostDrawCalls } = await page.evaluate(() => globalThis.frames);
  const worst = quantile(scriptMs, 0.95);
  figure('scripting per frame while the guide speaks', `p50 ${quantile(scriptMs, 0.5).toFixed(2)}, p95 ${worst.toFixed(2)} ms`, `≤ ${goals.scriptingMs} ms`, worst <= goals.scriptingMs);
  if (mostDrawCalls === 0) line(`${'draw calls per frame, most'.padEnd(48)} ${'none: the guide is drawn in 2D'.padStart(24)}`);
  else figure('draw calls per frame of the 3D guide, most', `${mostDrawCalls}`, `≤ ${goals.drawCalls}`, mostDrawCalls <= goals.drawCalls);
  line(`${'frames per second, drawn in software'.padEnd(48)} ${(scriptMs.length / (watchedMs / 1000)).toFixed(1).padStart(24)}`);
  const shift = Math.max(...visits.map((v) => v.shift), await page.evaluate(() => globalThis.measured.shift));
  figure('layout shift, while loading and through an answer', shift.toFixed(4), `< ${goals.shift}`, shift < goals.shift);
} finally {
  await browser.close();
  await suite.stop();
}
if (options.out) await writeFile(options.out, `${lines.join('\n')}\n`);
process.exitCode = missed === 0 ? 0 : 1;
