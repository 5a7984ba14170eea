import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until';
import { counters, nothing } from './counters';
import { Theatre } from './page';

// Run in the page, as text, or the test runner would rewrite the import.
const visits = `(async () => {
  const { openPage } = await import('/whole.js');
  localStorage.setItem('museum.listen', 'yes');
  const seen = (selector) => new Promise((resolve) => {
    const look = () => {
      const found = document.querySelector(selector);
      if (!found) return;
      watcher.disconnect();
      resolve(found);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true, attributes: true });
    look();
  });
  /** A visitor comes, touches the bead, asks, and goes: as soon as that is done, or when the answer is there. */
  globalThis.visit = async (path, stays) => {
    const close = await openPage(path);
    if (path.startsWith('/kiosk')) (await seen('[data-testid=begin-en]')).click();
    else (await seen('[data-testid=bead]')).click();
    const field = await seen('[data-testid=question]');
    field.value = 'Did he see it?';
    field.dispatchEvent(new Event('input'));
    field.form.requestSubmit();
    if (stays) await seen('[data-testid=answer] [data-word]');
    close();
  };
})()`;

describe('The whole page', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  test('gives back every socket, track, context, timer, frame, observer and listener, a hundred times', { timeout: 300_000 }, async () => {
    const { page } = await theatre.stage('en-GB', undefined, '/nowhere');
    await page.getByRole('link').waitFor();
    await page.waitForFunction('true'); // What the first page and the driver hold is not counted.
    await page.evaluate(counters);
    await page.evaluate(visits);
    const paths = ['/', '/e/the-starry-night', '/kiosk', '/kiosk/e/the-starry-night'];
    for (let round = 0; round < 100; round++) await page.evaluate(`visit('${paths[round % paths.length] ?? '/'}', ${round % 10 < 3})`);
    const opened = await page.evaluate<Record<string, number>>('opened()');
    // Who goes at once may go before the pass is there, and with it the socket.
    expect(opened['sockets']).toBeGreaterThanOrEqual(30);
    expect(opened['tracks']).toBeGreaterThanOrEqual(30);
    await until(async () => { expect(await page.evaluate('held()')).toEqual(nothing); });
    expect(await page.locator('main').count()).toBe(1);
  });
});
