import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until';
import { ask, question, Theatre, voice } from './page';

describe('A visitor', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  test('asks in writing, reads and hears the answer, and sees what it is tied to', async () => {
    const { page, guide, complaints } = await theatre.stage();
    const playbacks = () => guide.received.filter((m) => m.type === 'PLAYBACK').map((m) => `${String(m.payload['sequence'])} ${String(m.payload['state'])}`);
    expect(await page.getByRole('textbox').first().getAttribute('data-testid')).toBe('question');

    await page.evaluate(() => {
      const seen = new Set<string | null>();
      Object.assign(globalThis, { seen });
      new MutationObserver((changes) => changes.forEach(({ target }) => seen.add((target as Element).getAttribute('data-viseme'))))
        .observe(document, { subtree: true, attributes: true, attributeFilter: ['data-viseme'] });
    });
    await ask(page, 'Did he really see that sky?');
    await voice(page, 'playing');
    // On a busy machine the voice may be late between two sentences.
    await page.getByTestId('rating').waitFor();
    expect(await page.evaluate<number>('seen.size')).toBeGreaterThan(5);
    await page.waitForFunction(() => document.querySelector('[data-testid="mouth"]')?.getAttribute('data-viseme') === 'sil');

    expect(await page.getByTestId('answer').innerText()).toContain('He painted by day, from memory.');
    expect(await page.getByTestId('source').count()).toBe(2);
    expect(await page.getByTestId('source').first().locator('mark').innerText()).toBe('a long time before sunrise');
    expect(await page.getByTestId('status').innerText()).toBe('Tied to 2 objects');
    // While it sounds it is told again and again how far it was heard.
    await until(() => { expect([...new Set(playbacks())]).toEqual([0, 1, 2, 3].flatMap((n) => [`${String(n)} started`, `${String(n)} finished`])); });
    expect(complaints).toEqual([]);

    await page.getByTestId('suggestion').first().getByRole('button').click();
    await until(() => { expect(guide.received.filter((m) => m.type === 'REQUEST')).toHaveLength(2); });
  });

  test('silences the guide with Esc at once, and the rest of the answer is gone', async () => {
    const { page, guide } = await theatre.stage();
    await ask(page, 'Did he really see that sky?');
    await voice(page, 'playing');
    await page.locator('[data-now] .said').nth(3).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.documentElement.dataset['voice'])).toBe('idle');
    await until(() => { expect(guide.received.filter((m) => m.type === 'INTERRUPT')).toHaveLength(1); });
    const stopped = guide.received.find((m) => m.payload['state'] === 'stopped');
    expect(stopped?.payload['played_ms']).toBeGreaterThan(0);
    expect(await page.getByTestId('answer').innerText()).not.toContain('He painted by day');
    expect(await page.getByTestId('status').innerText()).toBe('');
  });

  test('reads alone when the voice is switched off', async () => {
    const { page, guide } = await theatre.stage();
    await page.getByTestId('voice').click();
    await ask(page, 'Did he really see that sky?');
    await page.getByTestId('suggestion').first().waitFor();
    // The switch itself is told to the session first, without a question.
    expect(guide.received.findLast((m) => m.type === 'REQUEST')?.payload['require_tts']).toBe(false);
    expect(await page.evaluate(() => document.documentElement.dataset['voice'])).toBe('idle');
    expect(await page.getByTestId('voice').getAttribute('aria-checked')).toBe('false');
  });

  test('is told in words that the voice is away, and still gets the answer', async () => {
    const { page } = await theatre.stage();
    await ask(page, 'Is your voice away?');
    await page.getByText('He painted by day').first().waitFor();
    expect(await page.getByTestId('status').innerText()).toBe('My voice is resting. I’ll write instead.');
  });

  test('sees markup as the text it is', async () => {
    const { page, complaints } = await theatre.stage();
    await ask(page, 'Show me markup');
    await page.getByTestId('source').waitFor();
    expect(await page.getByTestId('answer').innerText()).toContain('It says <img src=x onerror="alert(1)"> & <b>nothing</b> else.');
    expect(await page.getByTestId('source').innerText()).toContain('<i>Title</i>');
    expect(await page.locator('main img, main script, main b:has-text("nothing"), main i').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is met in the browser’s language, changes it, and is remembered', async () => {
    const { page } = await theatre.stage('zh-CN');
    expect(await page.title()).toBe('博物馆向导');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByTestId('language').click();
    expect(await page.title()).toBe('Museum guide');
    await page.reload();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('reaches everything by keyboard: the field first, then bead, answer and settings', async () => {
    const { page } = await theatre.stage();
    await question(page).waitFor();
    const order: (string | null)[] = [];
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      order.push(await page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? document.activeElement?.getAttribute('aria-label') ?? null));
    }
    expect(order).toEqual(['question', 'Send', 'bead', 'history', 'voice', 'The guide’s answer', 'language', 'settings']);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test.each([[320, 256], [844, 390], [360, 640], [390, 844], [1000, 720], [1280, 800]])('never scrolls sideways at %i × %i, even with the largest text', async (width, height) => {
    const { page } = await theatre.stage('en-GB', { width, height });
    await page.evaluate(() => { localStorage.setItem('museum.text-size', 'largest'); });
    await page.reload();
    await ask(page, 'Did he really see that sky?');
    await page.getByTestId('source').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await question(page).isVisible()).toBe(true);
  });
});
