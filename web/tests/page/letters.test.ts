import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Theatre } from './page';

let theatre: Theatre;
beforeAll(async () => { theatre = await Theatre.open(); });
afterAll(() => theatre.close());

// Without a font of its own a machine would have another stand in for it: fonts-liberation (setup/debian-packages.txt).
test('Nothing moves when the letters come late: what stands for them is as high as they are', async () => {
  const painted = (page: Page) => page.evaluate(() => new Promise((seen) => { requestAnimationFrame(() => requestAnimationFrame(seen)); }));
  const { page } = await theatre.stage('en-GB', undefined, '/', { prepare: async (page) => {
    await page.route('**/*.woff2', async (route) => {
      // The page has been painted without them.
      await page.getByTestId('question').waitFor();
      await painted(page);
      await route.continue();
    });
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const { sources } of list.getEntries() as (PerformanceEntry & { sources: { node: Node | null }[] })[]) shifts.push(...sources.map(({ node }) => node?.textContent ?? ''));
      }).observe({ type: 'layout-shift', buffered: true });
    });
  } });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(() => document.fonts.check('16px "Source Sans 3 Variable"', 'Ask'));
  await painted(page);
  expect(await page.evaluate<string[]>('shifts')).toEqual([]);
});
