import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until';
import { question, Theatre } from './page';

describe('The kiosk', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  const hall = { width: 1080, height: 1920 };
  // A hall that is never quiet: from its first moment the microphone hears one tone, without an end.
  const hum = `navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext(), room = context.createMediaStreamDestination(), tone = new OscillatorNode(context, { frequency: 220 });
    tone.connect(room);
    tone.start();
    return room.stream;
  };`;

  test('takes a question by its own keyboard in a hall that is never quiet, and begins anew when nobody is there', async () => {
    const { page, guide, complaints } = await theatre.stage('en-GB', hall, '/kiosk', { clock: true, silent: true });
    await page.evaluate(hum);
    expect(await page.getByTestId('attract').innerText()).toContain('每件展品，都有一条线索。');
    await page.getByTestId('begin-en').click();
    await page.getByTestId('hearing').waitFor();
    await page.getByTestId('hearing').waitFor({ state: 'detached' });
    expect(await page.getByTestId('bead').getAttribute('data-mode')).toBe('hush');

    await question(page).click();
    const keyboard = page.getByTestId('keyboard');
    await keyboard.getByRole('button', { name: 'The Starry Night', exact: true }).click();
    await keyboard.getByRole('button', { name: 'Why is it famous?' }).click();
    await page.getByTestId('key-ask').click();
    await until(() => { expect(JSON.stringify(guide.received)).toContain('The Starry Night Why is it famous?'); });
    await page.getByTestId('rating').waitFor();

    await page.clock.fastForward(46_000);
    await page.getByTestId('still-here').waitFor();
    await page.getByTestId('i-am-here').click();
    await page.getByTestId('still-here').waitFor({ state: 'detached' });
    await page.clock.fastForward(46_000);
    await page.getByTestId('still-here').waitFor();
    // Nobody has said anything for so long that the line was looked after: a connection that comes about in one leap of the clock comes too late.
    // On a machine that takes longer than the visitor is waited for, nobody is there any more.
    await page.locator('[data-testid="kiosk-room"][data-state="listening"], [data-testid="attract"]').first().waitFor();
    await page.clock.fastForward(16_000);
    await page.getByTestId('attract').waitFor();

    await page.getByTestId('begin-zh').click();
    await page.getByText('我是向导，').waitFor();
    expect(await page.getByTestId('answer').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('begins anew at once for who says so when it asks whether somebody is there', async () => {
    const { page } = await theatre.stage('en-GB', hall, '/kiosk', { clock: true, silent: true });
    await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError')); });
    await page.getByTestId('begin-en').click();
    await page.getByTestId('kiosk-room').waitFor();
    // And there the clock stands: nothing begins anew by itself.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 46_000);
    await page.getByTestId('start-over-now').click();
    await page.getByTestId('attract').waitFor();
  });

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
