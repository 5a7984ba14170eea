// ./museum soak page [MINUTES]: one page in conversation; its heap, nodes and listeners must be level from minute 5 on.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, complaintsOf, launch, optionsOf } from './browser.mjs';
import { suiteFor } from './suite.mjs';

const askEveryMs = 20_000;
const settledAfterMinutes = 5;
/** Per minute. Three questions a minute stay in the history for the visitor to read, with their answers: a few KB each. */
const mostGrowth = { heapKb: 20, nodes: 10, listeners: 2 };

async function questions(root) {
  const folder = join(root, 'content/exhibits');
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => [...text.matchAll(/^ {4}- \{ ask: "([A-Z][^"]*)"/gm)].slice(0, 1).map((match) => match[1]));
}

/** Least squares: how much `value` grows in a minute. */
function slope(samples, value) {
  const mean = (of) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const [x, y] = [mean((s) => s.minute), mean(value)];
  const spread = samples.reduce((sum, s) => sum + (s.minute - x) ** 2, 0);
  return spread === 0 ? 0 : samples.reduce((sum, s) => sum + (s.minute - x) * (value(s) - y), 0) / spread;
}

const options = optionsOf('minutes');
const minutes = Number(options.minutes ?? 30);
const suite = await suiteFor(options);
const browser = await launch(options.root);
let failed = false;
try {
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } })).newPage();
  const complaints = complaintsOf(page);
  await page.goto(suite.url);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const asked = await questions(options.root);
  const samples = [];
  const started = Date.now();
  console.log('minute   heap KB    nodes  listeners');
  for (let i = 0; Date.now() - started < minutes * 60_000; i++) {
    await ask(page, asked[i % asked.length]);
    const answered = page.getByTestId('answer').last();
    await answered.waitFor();
    await page.waitForTimeout(Math.max(0, started + (i + 1) * askEveryMs - Date.now()));
    await cdp.send('HeapProfiler.collectGarbage');
    const { usedSize } = await cdp.send('Runtime.getHeapUsage');
    const metrics = Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value]));
    const sample = { minute: (Date.now() - started) / 60_000, heapKb: usedSize / 1024, nodes: metrics.Nodes, listeners: metrics.JSEventListeners };
    samples.push(sample);
    console.log(`${sample.minute.toFixed(1).padStart(6)} ${sample.heapKb.toFixed(0).padStart(9)} ${String(sample.nodes).padStart(8)} ${String(sample.listeners).padStart(10)}`);
  }
  const judged = minutes >= 2 * settledAfterMinutes;
  const settled = samples.filter((s) => !judged || s.minute >= settledAfterMinutes);
  console.log(`${samples.length} questions; growth per minute${judged ? ` from minute ${settledAfterMinutes} on` : ''}:`);
  for (const [name, most] of Object.entries(mostGrowth)) {
    const growth = slope(settled, (s) => s[name]);
    const level = growth <= most;
    failed ||= judged && !level;
    console.log(`  ${name.padEnd(10)} ${growth.toFixed(2).padStart(9)}   at most ${most}${judged ? `: ${level ? 'level' : 'GROWS'}` : ''}`);
  }
  console.log(`  console    ${String(complaints.length).padStart(9)} errors and warnings${complaints.map((text) => `\n    ${text}`).join('')}`);
  failed ||= complaints.length > 0;
  if (!judged) console.log(`A verdict takes ${2 * settledAfterMinutes} minutes or more: caches are still being filled.`);
} finally {
  await browser.close();
  await suite.stop();
}
process.exitCode = failed ? 1 : 0;
