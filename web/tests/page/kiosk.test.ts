import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Theatre } from './page';

describe('The kiosk', { timeout: 120_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  const hall = { width: 1080, height: 1920 };

  test('has no way out: no menu, no keys of the browser, no other page', async () => {
    const { page } = await theatre.stage('en-GB', hall, '/kiosk/e/the-starry-night');
    await page.getByTestId('attract').getByText('The Starry Night').waitFor();
    const isRefused = (type: string, init: object) => page.evaluate(([name, how]) => {
      const event = name === 'contextmenu' ? new MouseEvent(name, { bubbles: true, cancelable: true }) : new KeyboardEvent('keydown', { ...(how as object), bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    }, [type, init] as const);
    expect(await isRefused('contextmenu', {})).toBe(true);
    expect(await isRefused('keydown', { key: 'F11' })).toBe(true);
    expect(await isRefused('keydown', { key: 'l', ctrlKey: true })).toBe(true);
    expect(await isRefused('keydown', { key: 'Tab' })).toBe(false);
    expect(await page.locator('a').count()).toBe(0);
    expect(await page.getByTestId('qr').getAttribute('aria-label')).toBe('Carry on by phone');
  });

  test('keeps everything that is touched below the middle, and large', async () => {
    const { page } = await theatre.stage('en-GB', hall, '/kiosk');
    await page.getByTestId('begin-en').click();
    await page.getByTestId('kiosk-room').waitFor();
    const boxes = await page.locator('.dock button').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes.length).toBeGreaterThanOrEqual(4);
    expect(Math.min(...boxes.map((box) => box.top))).toBeGreaterThan(1100);
    expect(Math.min(...boxes.map((box) => box.height))).toBeGreaterThanOrEqual(79);
  });
});
