import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { glb } from '../glb';
import { until } from '../until';
import { ask, Theatre, type Stage } from './page';

const phone = { width: 390, height: 844 };
const frameMs = 16;
const boxes = glb({ shapes: ['jawOpen', 'mouthFunnel', 'mouthPucker'], person: true });
/** A machine under load draws one of these frames in a second, and takes twenty to get ready for the first. */
const patience = 120_000;

/** The guide in the round, drawn by a processor. The test moves the page's clock, so that no machine is too slow for it. */
describe('The guide in the round', { timeout: 300_000 }, () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open('round'); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  async function open(prepare: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<Stage> {
    return theatre.stage('en-GB', phone, '/', { prepare: async (page) => {
      await page.clock.install({ time: 0 });
      await page.clock.pauseAt(1000);
      // What was drawn can be looked at between two frames.
      await page.addInitScript(() => {
        const get = HTMLCanvasElement.prototype.getContext as (this: HTMLCanvasElement, kind: string, options?: object) => unknown;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: object) {
          return get.call(this, kind, { ...options, preserveDrawingBuffer: true });
        } as never;
      });
      await prepare(page);
    } });
  }

  /** Frames go by until it is so. */
  const play = (page: Page, isSo: () => Promise<boolean>) => vi.waitFor(async () => {
    await page.clock.runFor(4 * frameMs);
    expect(await isSo()).toBe(true);
  }, { timeout: patience, interval: 5 });
  const isRound = (page: Page) => page.evaluate(() => {
    const canvas = document.querySelector('.stage canvas');
    return canvas !== null && getComputedStyle(canvas).visibility === 'visible' && document.querySelector('.stage svg.guide') === null;
  });
  const isDrawn = (page: Page) => page.evaluate(() => document.querySelector('.stage svg.guide') !== null);

  /** Of the picture, or of a part of it (in parts of its width and height): how much is painted, how far its reds are apart, and how many points are as dark and red as the mouth's inside. */
  const look = (page: Page, part = { x: 0, y: 0, width: 1, height: 1 }) => page.evaluate(({ x, y, width, height }) => {
    const from = document.querySelector<HTMLCanvasElement>('.stage canvas');
    if (!from) throw new Error('There is no picture');
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(from.width * width), height: Math.round(from.height * height) });
    const context = canvas.getContext('2d');
    context?.drawImage(from, from.width * x, from.height * y, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const points = Array.from({ length: data.length / 4 }, (_, i) => Array.from(data.slice(i * 4, i * 4 + 4)) as [number, number, number, number]);
    const reds = points.map(([red]) => red);
    return {
      painted: points.filter(([, , , alpha]) => alpha > 200).length / points.length,
      spread: Math.max(...reds) - Math.min(...reds),
      dark: points.filter(([red, green, blue, alpha]) => alpha > 200 && red < 110 && green < 50 && blue < 50).length,
    };
  }, part);
  /** Where on the picture a part of the drawing is: the guide stands in a box of 420 × 388 units that begins at 20, 14. */
  const at = (x: number, y: number, width: number, height: number) => {
    const scale = Math.min(390 / 420, 212 / 388);
    return { x: 0.5 + ((x - 230) * scale) / 390, y: 0.5 + ((y - 208) * scale) / 212, width: (width * scale) / 390, height: (height * scale) / 212 };
  };
  const mouth = at(180, 225, 60, 44);
  const eyes = at(170, 180, 80, 50);

  /** A box for a head, even where ours has its eyes. */
  async function isOfBoxes(page: Page): Promise<void> {
    const { painted, spread } = await look(page, eyes);
    expect(painted).toBe(1);
    expect(spread).toBeLessThan(25);
  }

  test('takes the drawn one’s place, moves its lips while it speaks, and survives that the browser takes the picture away', async () => {
    const { page, complaints } = await open();
    expect(await isDrawn(page)).toBe(true);
    await play(page, () => isRound(page));
    expect((await look(page)).painted).toBeGreaterThan(0.1);
    // No frame goes by meanwhile: where its stage gets another size, it is there at once.
    const sized = () => page.evaluate(() => document.querySelector<HTMLCanvasElement>('.stage canvas')?.height);
    const whole = await sized();
    for (const height of [760, 844]) {
      const before = await sized();
      await page.setViewportSize({ width: 390, height });
      await until(async () => { expect(await sized()).not.toBe(before); });
      expect((await look(page)).painted).toBeGreaterThan(0.1);
    }
    await until(async () => { expect(await sized()).toBe(whole); });
    const closed = (await look(page, mouth)).dark;

    await ask(page, 'Did he really see that sky?');
    await play(page, async () => {
      // On a machine that shows few frames of an answer, another one is listened to.
      if (await page.getByTestId('suggestion').count() > 0) await ask(page, 'Did he really see that sky?');
      return (await look(page, mouth)).dark > closed + 8;
    });
    expect(complaints).toEqual([]);

    await page.evaluate(() => {
      const extension = document.querySelector<HTMLCanvasElement>('.stage canvas')?.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      Object.assign(globalThis, { extension });
      extension?.loseContext();
    });
    await play(page, () => isDrawn(page));
    await page.evaluate(() => { (globalThis as unknown as { extension?: WEBGL_lose_context }).extension?.restoreContext(); });
    await play(page, () => isRound(page));
    expect((await look(page)).painted).toBeGreaterThan(0.1);
  });

  test('is put aside when a frame of it fails: the drawn one speaks on, and the failure is told once', async () => {
    const { page, complaints } = await open();
    await play(page, () => isRound(page));
    await page.evaluate(() => { WebGL2RenderingContext.prototype.drawElements = () => { throw new Error('the picture is torn'); }; });
    await play(page, () => isDrawn(page));
    await ask(page, 'Did he really see that sky?');
    await play(page, async () => (await page.getByTestId('answer').innerText()).includes('He painted by day'));
    expect(complaints.filter((text) => text.includes('the picture is torn'))).toHaveLength(1);
  });

  test('stays drawn where the browser has no third dimension, and loads nothing for it', async () => {
    const loaded: string[] = [];
    const { page, complaints } = await open(async (page) => {
      page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
      await page.addInitScript(() => {
        const get = HTMLCanvasElement.prototype.getContext as (this: HTMLCanvasElement, kind: string, options?: object) => unknown;
        HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: object) {
          return kind.startsWith('webgl') ? null : get.call(this, kind, options);
        } as never;
      });
    });
    await ask(page, 'Did he really see that sky?');
    await play(page, async () => (await page.getByTestId('answer').innerText()).includes('He painted by day'));
    expect(await isDrawn(page)).toBe(true);
    expect(loaded.filter((path) => /GuideCanvas|page\.json/.test(path))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('is the museum’s own figure where it has one', async () => {
    theatre.guide.show(new Uint8Array(boxes));
    const { page, complaints } = await open();
    await play(page, () => isRound(page));
    await isOfBoxes(page);
    expect(complaints).toEqual([]);
  });

  test('is the museum’s own figure without a network, too, once it has been there with one', async () => {
    theatre.guide.show(new Uint8Array(boxes));
    const { page } = await open();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // What was fetched before there was a service worker is kept with the next visit.
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(request.url()));
    await page.reload();
    await play(page, () => isRound(page));
    await until(async () => { expect(await page.evaluate(notKept, loaded)).toEqual([]); });
    // A service worker has a network of its own, which the browser does not take away with the page's.
    theatre.guide.leave(true);
    await page.context().setOffline(true);
    await page.reload();
    await play(page, () => isRound(page));
    await isOfBoxes(page);
  });

  test('is the page’s own where the museum’s cannot be shown, and it is told why', async () => {
    theatre.guide.show(new Uint8Array(glb({ shapes: ['smile'] })));
    const { page, complaints } = await open();
    await play(page, () => isRound(page));
    expect((await look(page, eyes)).spread).toBeGreaterThan(100);
    expect(complaints).toEqual([expect.stringMatching(/figure \/figure\/guide\.glb cannot be shown, the page’s own is: it has no mouth that can speak/)]);
  });
});

/** Of these addresses what is of the page and its figure, and is not there without a network. */
async function notKept(addresses: readonly string[]): Promise<string[]> {
  const wanted = addresses.filter((address) => /\/(assets|figure)\/|\/page\.json$/.test(address));
  const kept = await Promise.all(wanted.map((address) => caches.match(address, { ignoreSearch: true })));
  return wanted.filter((_, i) => kept[i] === undefined);
}
