// ./museum bench pictures: the README's pictures, of the real page before the real suite.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ask, launch, optionsOf } from './browser.mjs';
import { suiteFor } from './suite.mjs';

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const kiosk = { width: 1080, height: 1920 };

const options = optionsOf();
const suite = await suiteFor(options);
// The guide as it is drawn: in the round, drawn in software on a busy machine, it is too coarse for a picture.
const browser = await launch(options.root, { flat: true });
await mkdir(options.out, { recursive: true });

async function open(path, viewport, { locale = 'en-GB', colorScheme = 'light', scale = 1 } = {}) {
  const context = await browser.newContext({ locale, viewport, colorScheme, deviceScaleFactor: scale, hasTouch: viewport !== desktop });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // A machine that is busy takes better pictures late than none.
  await page.goto(suite.url + path);
  return page;
}

async function take(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(options.out, `${name}.png`) });
  await page.context().close();
  console.log(`${name}.png`);
}

/** In mid-answer, when a sentence or two have been said and their tags hang. */
async function answering(page, question) {
  await ask(page, question);
  await page.getByTestId('source').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[data-anchor=knot]') && document.querySelectorAll('[data-now] .said').length > 3, undefined, { timeout: 60_000 });
}

try {
  for (const [name, colorScheme] of [['answering', 'light'], ['answering-dark', 'dark']]) {
    const page = await open('/', desktop, { colorScheme });
    await answering(page, 'Who painted The Starry Night?');
    await take(page, name);
  }
  const small = await open('/e/starry-night', phone, { locale: 'zh-CN', scale: 2 });
  await answering(small, '《星月夜》是谁画的？');
  await take(small, 'phone-zh');

  const hall = await open('/kiosk', kiosk);
  await hall.waitForTimeout(14_000); // The drawing takes 14 s (look.md §5).
  await take(hall, 'kiosk');

  const desk = await open('/desk', desktop);
  await desk.locator('[name=account]').fill('admin');
  await desk.locator('[name=password]').fill(await suite.password());
  await desk.locator('[name=password]').press('Enter');
  await desk.getByTestId('nav-exhibits').click();
  await desk.locator('table').waitFor();
  await desk.screenshot({ path: join(options.out, 'desk-list.png') });
  console.log('desk-list.png');
  await desk.goto(`${suite.url}/desk/exhibits/starry-night`);
  await desk.getByTestId('title-en').waitFor();
  await take(desk, 'desk-editor');
} finally {
  await browser.close();
  await suite.stop();
}
