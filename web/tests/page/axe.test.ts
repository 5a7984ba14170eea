import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { barriers } from './barriers';
import { ask, question, Theatre } from './page';

describe('Nobody is kept out', () => {
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

  test.each([['en-GB', 'dark'], ['zh-CN', 'light']] as const)('at an address that nobody knows in %s, %s', async (locale, colorScheme) => {
    const { page } = await theatre.stage(locale, undefined, '/nowhere', { colorScheme });
    await page.getByRole('link').waitFor();
    expect(await barriers(page)).toEqual([]);
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
