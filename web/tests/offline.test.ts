import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VisitorPass } from '../src/auth/visitorPass';
import { createExhibitShelf } from '../src/offline/exhibitShelf';
import { captionOf, titleOf, type ExhibitText } from '../src/offline/exhibitText';
import { keepTexts } from '../src/offline/keptTexts';

const exhibit = (id: string, title: string): ExhibitText => ({
  id, language: 'en', title: { en: title, zh: '' }, hall: null, hall_name: null, maker: 'Vincent van Gogh', date: 'June 1889', material: 'Oil on canvas, 73.7 × 92.1 cm',
  text: [{ heading: 'What it is', paragraphs: [`About ${title}.`] }], suggested: [],
});

const pass: VisitorPass = { token: () => Promise.resolve('pass'), renew: () => Promise.resolve(), verify: () => Promise.resolve(), forget: () => undefined };

describe('The shelf of exhibit texts', () => {
  let server: Server;
  let museum: { version: string; exhibits: ExhibitText[]; asked: string[]; away: boolean };
  let base: string;

  beforeEach(async () => {
    museum = { version: 'one', exhibits: [exhibit('scream', 'The Scream'), exhibit('kiss', 'The Kiss')], asked: [], away: false };
    server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://museum');
      museum.asked.push(`${url.pathname} ${request.headers.authorization ?? ''}`);
      if (museum.away) return void response.writeHead(503).end();
      const id = url.pathname.slice('/api/exhibits/'.length);
      const size = Math.min(1, museum.exhibits.length); // Small pages: the shelf goes by the total.
      const page = Number(url.searchParams.get('page'));
      const found = id ? museum.exhibits.find((e) => e.id === id) : { version: museum.version, total: museum.exhibits.length, exhibits: museum.exhibits.slice((page - 1) * size, page * size) };
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? {}));
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterEach(() => { server.close(); });

  const shelf = () => createExhibitShelf(pass, keepTexts(undefined), base);

  test('reads an exhibit with the visitor’s pass, and does not ask for it twice', async () => {
    const texts = shelf();
    expect((await texts.read('scream', 'en'))?.title.en).toBe('The Scream');
    await texts.read('scream', 'en');
    expect(museum.asked).toEqual(['/api/exhibits/scream Bearer pass']);
  });

  test('remembers the texts of the last answers, and asks again for what was read long before', async () => {
    museum.exhibits = Array.from({ length: 25 }, (_, i) => exhibit(`e${String(i)}`, `Exhibit ${String(i)}`));
    const texts = shelf();
    const read = async (...ids: number[]) => {
      museum.asked = [];
      for (const id of ids) await texts.read(`e${String(id)}`, 'en');
      return museum.asked.length;
    };
    await read(...Array.from({ length: 24 }, (_, i) => i));
    expect(await read(0)).toBe(0); // Again the newest, so another goes when there is one too many.
    expect(await read(24, 0)).toBe(1);
    expect(await read(1)).toBe(1);
  });

  test('knows what is not there from what cannot be had', async () => {
    expect(await shelf().read('nothing', 'en')).toBeNull();
    museum.away = true;
    await expect(shelf().read('scream', 'en')).rejects.toThrow('503');
  });

  test('keeps everything, page by page, and reads it when the museum is away', async () => {
    const texts = shelf();
    await texts.keepAll('en');
    museum.away = true;
    expect((await texts.kept('en')).map((text) => text.id)).toEqual(['kiss', 'scream']);
    expect((await texts.read('kiss', 'en'))?.text[0]?.paragraphs).toEqual(['About The Kiss.']);
  });

  test('asks for the texts again only when they have changed, and forgets what is gone', async () => {
    const texts = shelf();
    await texts.keepAll('en');
    museum.asked = [];
    await texts.keepAll('en');
    expect(museum.asked).toHaveLength(1);
    museum.version = 'two';
    museum.exhibits = [exhibit('hope', 'The Hope Diamond')];
    await texts.keepAll('en');
    expect((await texts.kept('en')).map((text) => text.id)).toEqual(['hope']);
  });

  test('keeps what it has when a change breaks off', async () => {
    const texts = shelf();
    await texts.keepAll('en');
    museum.away = true;
    await expect(texts.keepAll('en')).rejects.toThrow();
    expect(await texts.kept('en')).toHaveLength(2);
  });
});

describe('An exhibit', () => {
  test('is called by its name in the visitor’s language, or by the one it has', () => {
    expect(titleOf({ title: { en: 'The Kiss', zh: '吻' } }, 'zh')).toBe('吻');
    expect(titleOf({ title: { en: 'The Kiss', zh: '' } }, 'zh')).toBe('The Kiss');
  });

  test('is captioned by who, when and of what, without its measures', () => {
    expect(captionOf(exhibit('starry-night', 'The Starry Night'))).toBe('Vincent van Gogh, June 1889. Oil on canvas');
    expect(captionOf({ language: 'zh', maker: '文森特·梵高', date: '1889年6月', material: '布面油画，73.7×92.1厘米' })).toBe('文森特·梵高，1889年6月。布面油画');
    expect(captionOf({ language: 'en', maker: '', date: 'about 210 BC', material: '' })).toBe('about 210 BC');
  });
});
