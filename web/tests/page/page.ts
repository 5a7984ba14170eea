import { chromium, type Browser, type Page } from 'playwright-core';
import { folder } from './build';
import { start, type DemoGuide } from '../../dev/guide-server.mjs';

/** The page in a real browser, before the scripted guide of dev/. */
export interface Stage {
  page: Page;
  guide: DemoGuide;
  /** What the browser complained about. */
  complaints: string[];
}

export interface Setting {
  /** Answers are read, not heard. */
  silent?: boolean;
  /** The test moves the page's clock. */
  clock?: boolean;
  colorScheme?: 'light' | 'dark';
  /** Before the page is opened. */
  prepare?: (page: Page) => Promise<unknown>;
}

/** The drawn guide is what most tests are about: drawing the other by processor would slow every one of them down. */
const figures = { drawn: ['--disable-3d-apis'], round: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'] } as const;

export class Theatre {
  private constructor(private readonly browser: Browser, readonly guide: DemoGuide) {}

  static async open(figure: keyof typeof figures = 'drawn'): Promise<Theatre> {
    const guide = await start(0, folder);
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', ...figures[figure], '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    return new Theatre(browser, guide);
  }

  async stage(locale = 'en-GB', viewport = { width: 1280, height: 800 }, path = '/', { silent = false, clock = false, colorScheme = 'light', prepare }: Setting = {}): Promise<Stage> {
    const context = await this.browser.newContext({ locale, viewport, colorScheme });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    if (silent) await page.addInitScript(() => { localStorage.setItem('museum.voice', 'off'); });
    if (clock) await page.clock.install();
    await prepare?.(page);
    const complaints: string[] = [];
    page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
    page.on('pageerror', (error) => complaints.push(error.message));
    this.guide.received.length = 0;
    await page.goto(this.guide.url + path);
    return { page, guide: this.guide, complaints };
  }

  /** Ends what plays: a guide that speaks to nobody still costs the machine. */
  async clear(): Promise<void> {
    await Promise.all(this.browser.contexts().map((context) => context.close()));
    this.guide.show(null);
    this.guide.leave(false);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.guide.stop();
  }
}

export const question = (page: Page) => page.getByTestId('question');

export async function ask(page: Page, text: string): Promise<void> {
  await question(page).fill(text);
  await question(page).press('Enter');
}

export const voice = (page: Page, state: 'playing' | 'idle') =>
  page.waitForFunction((wanted) => document.documentElement.dataset['voice'] === wanted, state);
