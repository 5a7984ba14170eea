// What a frame of the guide costs: `npm run dev`, then `node dev/measure-figure.mjs [URL of the dev server]`.
// Chromium draws by SwiftShader, as on a machine without a graphics card; the guide speaks all visemes meanwhile.
import { chromium } from 'playwright-core';

const server = process.argv[2] ?? 'http://localhost:5173';
const warmUpMs = 4000;
const seconds = 8;
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
for (const [name, width, height, query] of [['desktop, speaking', 461, 744, 'pose=give&talk'], ['phone, speaking', 390, 212, 'pose=give&talk&bust'], ['desktop, at rest', 461, 744, 'pose=rest']]) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.goto(`${server}/dev/figure.html?${query}`);
  await page.waitForFunction(() => (globalThis.bench?.stats()?.frames ?? 0) > 0);
  await page.waitForTimeout(warmUpMs);
  const { frames, times, calls, triangles, ratio } = await page.evaluate(async (forMs) => {
    const stats = globalThis.bench.stats();
    const from = stats.frames;
    await new Promise((done) => setTimeout(done, forMs));
    const count = Math.min(stats.frames - from, stats.scriptMs.length);
    const times = Array.from({ length: count }, (_, i) => stats.scriptMs[(stats.frames - 1 - i) % stats.scriptMs.length]);
    const canvas = document.querySelector('canvas');
    return { frames: stats.frames - from, times, calls: stats.calls, triangles: stats.triangles, ratio: canvas.width / canvas.clientWidth };
  }, seconds * 1000);
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(1);
  console.log(`${name.padEnd(18)} ${(frames / seconds).toFixed(0).padStart(3)} frames/s   scripting p50 ${at(0.5)} p95 ${at(0.95)} ms   ${calls} draw calls   ${triangles} triangles   ${ratio.toFixed(2)} pixels per CSS pixel`);
  await page.close();
}
await browser.close();
