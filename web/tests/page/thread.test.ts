import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../until';
import { ask, Theatre } from './page';

describe('The thread', () => {
  let theatre: Theatre;
  beforeAll(async () => { theatre = await Theatre.open(); });
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());

  test.each([[390, 844, '/'], [1280, 800, '/'], [1080, 1920, '/kiosk']])('ends in the tag’s hole, also while the tag still swings in (%i × %i)', async (width, height, path) => {
    const { page } = await theatre.stage('en-GB', { width, height }, path, { silent: true });
    // As on a machine that draws too seldom to see the tag come to rest.
    await page.addStyleTag({ content: '.tag { animation-duration: 600s !important; }' });
    if (path === '/kiosk') {
      await page.evaluate(() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError')); });
      await page.getByTestId('begin-en').click();
    }
    await ask(page, 'Did he really see that sky?');
    await page.getByTestId('rating').waitFor();
    await until(async () => {
      const away = await page.evaluate(() => {
        document.querySelector('[data-anchor="knot"]')?.scrollIntoView({ block: 'center' }); // What is scrolled away is not tied.
        const swinging = document.getAnimations().filter((each) => (each as CSSAnimation).animationName?.startsWith('hang'));
        const at = swinging.map((each) => each.currentTime);
        swinging.forEach((each) => { each.finish(); });
        const hole = document.querySelector('[data-anchor="hole"]')?.getBoundingClientRect();
        swinging.forEach((each, i) => { each.currentTime = at[i] ?? 0; });
        if (!hole) return Infinity;
        const [x, y] = [hole.left + hole.width / 2, hole.top + hole.height / 2];
        return Math.min(...[...document.querySelectorAll('svg.thread circle')].map((dot) => {
          const box = dot.getBoundingClientRect();
          return Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
        }));
      });
      expect(away).toBeLessThan(1.5);
    });
  });
});
