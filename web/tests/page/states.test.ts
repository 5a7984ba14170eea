import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until';
import { ask, question, Theatre, voice } from './page';

describe('The visitor’s page', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  const refuse = `navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError')); navigator.permissions.query = () => Promise.resolve({ state: 'prompt' });`;
  // Chromium's own microphone beeps, and would be answered.
  const quiet = 'navigator.mediaDevices.getUserMedia = () => Promise.resolve(new AudioContext().createMediaStreamDestination().stream)';

  test('asks before the browser does, and goes on in writing when it may not listen', async () => {
    const { page, guide } = await theatre.stage();
    await page.evaluate(refuse);
    await page.getByTestId('bead').click();
    expect(await page.getByTestId('microphone-note').innerText()).toContain('May I listen while you ask?');
    await page.getByTestId('microphone-yes').click();
    await page.locator('[data-note="help"]').waitFor();
    expect(await page.getByTestId('microphone-note').innerText()).toContain('No microphone, no matter. Write to me.');
    expect(await page.getByTestId('bead').getAttribute('data-mode')).toBe('write');
    await page.getByTestId('microphone-no').click();
    expect(await question(page).evaluate((field) => field === document.activeElement)).toBe(true);
    await ask(page, 'Did he really see that sky?');
    await until(() => { expect(guide.received.some((m) => m.type === 'REQUEST')).toBe(true); });
  });

  test('listens while the microphone is open, and says so', async () => {
    const { page } = await theatre.stage();
    await page.evaluate(quiet);
    await page.getByTestId('bead').click();
    await page.locator('[data-testid="bead"][data-mode="hush"]').waitFor();
    expect(await page.getByTestId('status').innerText()).toBe('I’m listening');
    await page.getByTestId('bead').click();
    await page.locator('[data-testid="bead"][data-mode="talk"]').waitFor();
  });

  test('opens at an exhibit: its name, what one may ask, and the guide knows where the visitor stands', async () => {
    const { page, guide } = await theatre.stage('en-GB', undefined, '/e/the-starry-night');
    await page.getByTestId('exhibit').waitFor();
    expect(await page.getByTestId('exhibit').innerText()).toBe('The Starry Night');
    expect(await page.locator('.top').innerText()).toContain('Room 5 · Modern painting');
    expect(await page.getByTestId('suggestion').count()).toBe(3);
    await until(() => { expect(JSON.stringify(guide.received)).toContain('"exhibit_id":"the-starry-night"'); });
    await page.getByTestId('suggestion').first().getByRole('button').click();
    await until(() => { expect(guide.received.find((m) => m.type === 'REQUEST' && m.payload['data_type'] === 'TEXT' && JSON.stringify(m.payload).includes('that sky'))).toBeDefined(); });
  });

  test('says kindly that it knows no such exhibit', async () => {
    const { page } = await theatre.stage('en-GB', undefined, '/e/no-such-thing');
    await page.getByText('I know no object by this name.').waitFor();
  });

  test('opens a tag to its whole text with the passage marked; history keeps answer and tags; a rating is thanked for', async () => {
    const { page } = await theatre.stage('en-GB', undefined, '/', { silent: true });
    await ask(page, 'Did he really see that sky?');
    await page.getByTestId('rating').waitFor();
    await page.getByTestId('open-source').first().click();
    const sheet = page.getByTestId('tag-sheet');
    await sheet.getByText('What it is').waitFor();
    expect(await sheet.locator('mark').first().innerText()).toContain('a long time before sunrise');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });

    await page.getByTestId('rate-good').click();
    await page.getByText('Thank you. The curators will read it.').waitFor();

    await page.getByTestId('history').click();
    const history = page.getByTestId('history-list');
    expect(await history.innerText()).toContain('He painted by day, from memory.');
    await history.getByRole('button', { name: 'The Starry Night', exact: true }).click();
    await page.getByTestId('tag-sheet').getByText('What it is').waitFor();
  });

  test('says that a rating could not be passed on, and takes it once more', async () => {
    const { page } = await theatre.stage('en-GB', undefined, '/', { silent: true });
    await ask(page, 'Did he really see that sky?');
    await page.evaluate(() => {
      const { fetch } = globalThis;
      globalThis.fetch = (what, how) => (what instanceof Request && what.url.endsWith('/api/text/rating') ? Promise.resolve(new Response(null, { status: 503 })) : fetch(what, how));
      Object.assign(globalThis, { mend: () => { globalThis.fetch = fetch; } });
    });
    await page.getByTestId('rate-good').click();
    await page.getByRole('status').getByText('I could not pass that on. Once more?').waitFor();
    expect(await page.getByTestId('rate-good').getAttribute('aria-pressed')).toBe('false');
    await page.evaluate('mend()');
    await page.getByTestId('rate-good').click();
    await page.getByText('Thank you. The curators will read it.').waitFor();
  });

  test('does not listen to its own reading', async () => {
    const { page } = await theatre.stage('en-GB', undefined, '/', { silent: true });
    await ask(page, 'Did he really see that sky?');
    await page.getByTestId('rating').waitFor();
    await page.evaluate(quiet);
    await page.getByTestId('bead').click();
    await page.locator('[data-testid="bead"][data-mode="hush"]').waitFor();
    await page.getByTestId('open-source').first().click();
    await page.getByTestId('read-aloud').click();
    await page.locator('[data-testid="bead"][data-mode="talk"]').waitFor({ state: 'attached' });
  });

  test('is read with more contrast by who chooses so, also the next time', async () => {
    const { page } = await theatre.stage();
    await page.getByTestId('settings').click();
    await page.getByTestId('contrast-more').click();
    await page.reload();
    await page.getByTestId('status').waitFor();
    expect(await page.getByTestId('status').evaluate((line) => getComputedStyle(line).color === getComputedStyle(document.body).color)).toBe(true);
  });

  test('has a switch for the voice that is called what it shows', async () => {
    const { page } = await theatre.stage();
    await page.getByRole('switch', { name: 'Voice on', exact: true }).click();
    await page.getByRole('switch', { name: 'Voice off', exact: true, checked: false }).waitFor();
  });

  test('without a network says so, and still opens after a reload with the texts that it kept', async () => {
    const { page } = await theatre.stage();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // Kept some seconds after the page was ready.
    await until(async () => { expect(await page.evaluate(keptTexts)).toBeGreaterThan(1); });
    await page.context().setOffline(true);
    await page.reload();
    await page.getByTestId('saved').click();
    await page.getByTestId('saved-texts').getByRole('button', { name: 'The Starry Night' }).first().click();
    await page.getByTestId('tag-sheet').getByText('dark cypress').waitFor();
  });

  test('lets what has come be heard when the line breaks in mid-answer, and then says that the rest is lost', async () => {
    const { page, guide } = await theatre.stage();
    await ask(page, 'Did he really see that sky?');
    await voice(page, 'playing');
    guide.drop();
    await page.locator('[data-testid="status"]', { hasText: 'The thread has knotted. Try again?' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['voice'])).toBe('idle');
    expect(await page.getByTestId('bead').getAttribute('data-mode')).toBe('again');
  });

  test('leads back from an address that nobody knows', async () => {
    const { page } = await theatre.stage('zh-CN', undefined, '/nowhere');
    await page.getByText('这条线索没有通向任何地方。').waitFor();
    await page.getByRole('link').click();
    await question(page).waitFor();
  });
});

/** In the page: how much it has kept. */
function keptTexts(): Promise<number> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open('museum-texts');
    open.onerror = () => reject(new Error('The database does not open'));
    open.onsuccess = () => {
      const count = open.result.transaction('kept').objectStore('kept').count();
      count.onsuccess = () => {
        open.result.close();
        resolve(count.result);
      };
    };
  });
}
