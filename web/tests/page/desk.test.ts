import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { emptyDocument } from '../../src/desk/editor/form';
import { Museum } from '../desk/museum';
import { until } from '../until';
import { barriers } from './barriers';
import { folder } from './build';

const body = { en: [{ heading: 'What it is', paragraphs: ['The Blue vase is of 1620.'] }], zh: [] };
const title = { en: 'Blue vase', zh: '' };

describe('A curator at the desk', () => {
  let browser: Browser;
  let museum: Museum;
  beforeAll(async () => { browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] }); });
  beforeEach(async () => {
    museum = await Museum.open(folder);
    museum.add('blue-vase', { title, body });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    museum.close();
  });
  afterAll(() => browser.close());

  async function arrive(path: string, { locale = 'en-GB', dark = false } = {}): Promise<Page> {
    const context = await browser.newContext({ locale, colorScheme: dark ? 'dark' : 'light', viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(museum.url + path);
    return page;
  }

  async function sit(path: string): Promise<Page> {
    const page = await arrive(path);
    await signIn(page);
    return page;
  }

  async function signIn(page: Page): Promise<void> {
    const form = page.getByTestId('sign-in');
    if (await form.locator('[name=account]').isEditable()) await form.locator('[name=account]').fill('ana');
    await form.locator('[name=password]').fill('correct horse');
    await form.locator('button').click();
    await page.locator('#work h1').waitFor();
  }

  const state = (page: Page, wanted: string) => page.locator(`[data-testid=state][data-state=${wanted}]`).waitFor();
  const write = (page: Page, text: string) => page.getByTestId('body-en-0-text').fill(text);

  test('writes a text, sends it to review and publishes it', async () => {
    const page = await sit('/desk/exhibits/%2B');
    await page.getByTestId('new-id').fill('red-vase');
    await page.getByTestId('title-en').fill('Red vase');
    await page.getByTestId('add-en').first().click();
    await write(page, 'The Red vase is of 1700.');
    await page.keyboard.press('Control+s');
    await state(page, 'draft');
    await page.getByTestId('submit').click();
    await state(page, 'review');
    await page.getByTestId('publish').click();
    await state(page, 'live');
    expect(museum.exhibits.get('red-vase')?.live?.body.en[0]?.paragraphs).toEqual(['The Red vase is of 1700.']);
  });

  test('sees both texts when somebody else was quicker, and chooses', async () => {
    const page = await sit('/desk/exhibits/blue-vase');
    await write(page, 'The Blue vase is mine.');
    museum.write('blue-vase', { draft: { ...emptyDocument(), title, body: { en: [{ heading: 'What it is', paragraphs: ['The Blue vase is theirs.'] }], zh: [] } } }, 'ben');
    await page.getByTestId('save').click();
    expect(await page.getByTestId('conflict').innerText()).toContain('The Blue vase is theirs.');
    await page.getByTestId('take-mine').click();
    await page.getByTestId('settle').click();
    await page.getByTestId('save').click();
    await until(() => { expect(museum.exhibits.get('blue-vase')?.draft?.body.en[0]?.paragraphs).toEqual(['The Blue vase is mine.']); });
  });

  test('loses nothing when the session ends', async () => {
    const page = await sit('/desk/exhibits/blue-vase');
    await write(page, 'The Blue vase was kept.');
    museum.endSessions();
    await page.getByTestId('save').click();
    await signIn(page);
    await state(page, 'draft');
    expect(museum.exhibits.get('blue-vase')?.draft?.body.en[0]?.paragraphs).toEqual(['The Blue vase was kept.']);
  });

  test('is asked before leaving what is not saved', async () => {
    const page = await sit('/desk/exhibits/blue-vase');
    await write(page, 'Half a sen');
    for (const way of ['nav-rooms', 'sign-out']) {
      await page.getByTestId(way).click();
      await page.getByTestId('dialog-no').click();
      await page.getByTestId('dialog-no').waitFor({ state: 'hidden' });
    }
    expect(page.url()).toContain('/desk/exhibits/blue-vase');
    await page.getByTestId('more').click();
    expect(await page.getByTestId('withdraw').getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await page.getByTestId('body-en-0-text').inputValue()).toBe('Half a sen');
    await page.getByTestId('nav-rooms').click();
    await page.getByTestId('dialog-yes').click();
    await page.waitForURL('**/desk/rooms');
  });

  test('answers a visitor’s question, and asks the guide about the draft', async () => {
    museum.unanswered = [{ question: 'How heavy is the Blue vase?', language: 'en', asked: 3, refused: 3, last_asked: new Date().toISOString() }];
    const page = await sit('/desk/questions');
    await page.getByTestId('write-answer').click();
    await page.getByTestId('choose-blue-vase').check();
    await page.getByTestId('answer-text').fill('The Blue vase weighs 2 kilograms.');
    museum.busy = 'resolve';
    await page.getByTestId('answer-save').click();
    await page.getByTestId('trouble').waitFor();
    museum.busy = null;
    await page.getByTestId('answer-save').click();
    await page.getByTestId('preview-ask').click();
    expect(await page.getByTestId('preview-answer').innerText()).toContain('How heavy is the Blue vase?');
    expect(museum.exhibits.get('blue-vase')?.draft?.body.en.at(-1)?.paragraphs).toEqual(['The Blue vase weighs 2 kilograms.']);
    expect(museum.unanswered).toEqual([]);
  });

  test('names a room, unless somebody else was quicker', async () => {
    const page = await sit('/desk/rooms');
    await page.getByTestId('room-5-zh').fill('瓷瓶');
    await page.getByTestId('save-rooms').click();
    await until(() => { expect(museum.halls).toMatchObject({ revision: 1, halls: [{ name: { zh: '瓷瓶' } }] }); });
    museum.halls = { ...museum.halls, revision: 2 };
    await page.getByTestId('room-5-zh').fill('花瓶');
    await page.getByTestId('save-rooms').click();
    await page.getByTestId('trouble').waitFor();
    expect(await page.getByTestId('room-5-zh').inputValue()).toBe('花瓶');
    await page.getByTestId('trouble').getByRole('button').click();
    await page.getByTestId('trouble').waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('room-5-zh').inputValue(), { timeout: 60_000 }).toBe('瓷瓶');
  });

  test('follows an import to its end, and sees which row was not taken and why', async () => {
    const page = await sit('/desk/exchange');
    await page.getByTestId('import-files').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('id,title_en\n') });
    museum.busy = 'imports/i1';
    await page.getByTestId('import-check').click();
    await page.getByTestId('trouble').waitFor();
    museum.busy = null;
    await page.locator('[data-testid=import-report][data-status=completed]').waitFor();
    expect(museum.import?.dry_run).toBe(true);
    await page.getByTestId('only-failed').click();
    expect(await page.getByTestId('row').allInnerTexts()).toEqual([expect.stringContaining('No title.')]);
  });

  test('finds exhibits by name, and the address keeps what was asked', async () => {
    museum.add('red-vase', { title: { en: 'Red vase', zh: '' }, body });
    const page = await sit('/desk/exhibits');
    await page.getByTestId('search').fill('red');
    await page.waitForURL('**/desk/exhibits?q=red');
    await page.locator('[data-testid=exhibit]').nth(1).waitFor({ state: 'detached' });
    expect(await page.getByTestId('exhibit').first().getAttribute('data-id')).toBe('red-vase');
  });

  test.each([['en-GB', false], ['zh-CN', true]])('meets no barrier on any page (%s)', async (locale, dark) => {
    museum.unanswered = [{ question: 'How heavy?', language: 'en', asked: 1, refused: 1, last_asked: new Date().toISOString() }];
    const page = await arrive('/desk', { locale, dark });
    await page.getByTestId('sign-in').waitFor();
    expect(await barriers(page), 'signing in').toEqual([]);
    await signIn(page);
    for (const place of ['today', 'questions', 'exchange', 'rooms', 'exhibits']) {
      await page.getByTestId(`nav-${place}`).click();
      await page.locator(`[data-testid=nav-${place}][aria-current]`).waitFor();
      await page.locator('.coming').waitFor({ state: 'detached' });
      expect(await barriers(page), place).toEqual([]);
      if (place !== 'questions') continue;
      await page.getByTestId('write-answer').click();
      await page.getByTestId('answer-text').waitFor();
      expect(await barriers(page), 'writing an answer').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByTestId('answer-text').waitFor({ state: 'hidden' });
    }
    await page.locator('[data-id=blue-vase] a').click();
    await page.getByTestId('ask-guide').click();
    await page.getByTestId('preview-question').waitFor();
    expect(await barriers(page), 'editor').toEqual([]);
  });
});
