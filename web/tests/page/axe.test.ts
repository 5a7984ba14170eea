import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, question, Theatre } from './page';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What stands in the way of somebody, in words. */
async function barriers(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  // What is still coming in has not its colours yet.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations === 1).map((each) => each.finished.catch(() => undefined))));
  const { violations } = await page.evaluate((tags) => (globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(document, { runOnly: tags }), rules);
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

describe('Nobody is kept out', { timeout: 120_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  test.each([['en-GB', 'light'], ['zh-CN', 'dark']] as const)('of the visitor’s page in %s, %s', async (locale, colorScheme) => {
    const { page } = await theatre.stage(locale, undefined, '/e/the-starry-night', { colorScheme, silent: true });
    await page.getByTestId('exhibit').waitFor();
    expect(await barriers(page)).toEqual([]);
    await ask(page, locale === 'en-GB' ? 'Did he really see that sky?' : '每张脸都不一样吗？');
    await page.getByTestId('rating').waitFor();
    expect(await barriers(page)).toEqual([]);
    for (const button of ['settings', 'history', 'open-source']) {
      await page.getByTestId(button).first().click();
      await page.locator('dialog[open]').waitFor();
      expect([button, ...(await barriers(page))]).toEqual([button]);
      await page.keyboard.press('Escape');
      await page.locator('dialog[open]').waitFor({ state: 'hidden' });
    }
  });

  test.each([['en-GB', 'dark'], ['zh-CN', 'light']] as const)('of the kiosk in %s, %s', async (locale, colorScheme) => {
    const { page } = await theatre.stage(locale, { width: 1080, height: 1920 }, '/kiosk', { colorScheme, silent: true });
    await page.getByTestId('attract').waitFor();
    expect(await barriers(page)).toEqual([]);
    // Nobody is heard here: Chromium's own microphone beeps, and who speaks is waited for.
    await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError')); });
    await page.getByTestId(locale === 'en-GB' ? 'begin-en' : 'begin-zh').click();
    await question(page).click();
    await page.getByTestId('form').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    // 50 s after a touch the clock stands: the question whether somebody is there stays as long as it is looked at.
    await page.evaluate(() => {
      dispatchEvent(new Event('pointerdown'));
      const then = performance.now() + 50_000;
      performance.now = () => then;
    });
    await page.getByTestId('still-here').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
