import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Options of one of the commands; `--name value` each, all of them text. */
export function optionsOf(...names) {
  const known = ['root', 'url', 'out', 'password-file', ...names];
  return parseArgs({ options: Object.fromEntries(known.map((name) => [name, { type: 'string' }])) }).values;
}

/** Debian's Chromium by the page's own Playwright; 3D is drawn in software, as on a machine without a graphics card, or not at all (`flat`). */
export function launch(root, { flat = false } = {}) {
  const { chromium } = createRequire(join(root, 'web/package.json'))('playwright-core');
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', ...(flat ? ['--disable-3d-apis'] : ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']), '--use-fake-device-for-media-stream'],
  });
}

export async function ask(page, question) {
  const field = page.getByRole('textbox').first();
  await field.fill(question);
  await field.press('Enter');
}

export const voice = (page, state, timeout = 60_000) =>
  page.waitForFunction((wanted) => document.documentElement.dataset.voice === wanted, state, { timeout });

/** Errors and warnings on the console, as they come. */
export function complaintsOf(page) {
  const complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
