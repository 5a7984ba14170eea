import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What stands in the way of somebody, in words: axe's rules, and what a thumb does not meet. */
export async function barriers(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  // What is still coming in has not its colours yet: it begins with the next frame, and is waited for.
  await page.evaluate(async () => {
    await new Promise((painted) => { requestAnimationFrame(() => requestAnimationFrame(painted)); });
    const coming = document.getAnimations().filter((each) => each.playState === 'running' && each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.all(coming.map((each) => each.finished.catch(() => undefined)));
  });
  const { violations } = await page.evaluate((tags) => (globalThis as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }).axe.run(document, { runOnly: tags }), rules);
  return [...violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`), ...(await page.evaluate(tooSmall))];
}

/** In the page: what is touched, and is not 44 px high and wide. A small one may be touched beside itself (a knot), and one in a label by its words. */
function tooSmall(): string[] {
  const reach = 21; // What is 44 px ends at 22, and the next begins there.
  const isSeen = (box: DOMRect) => box.width > 1 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  return [...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role=menuitem]')].flatMap((each) => {
    const touched = each.closest('label') ?? each;
    const box = touched.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const meets = (dx: number, dy: number) => touched.contains(document.elementFromPoint(x + dx, y + dy));
    if (!isSeen(box) || !meets(0, 0)) return [];
    const isLarge = ([[reach, 0], [-reach, 0], [0, reach], [0, -reach]] as const).every(([dx, dy]) => meets(dx, dy));
    return isLarge ? [] : [`target-44: ${String(Math.round(box.width))} × ${String(Math.round(box.height))} ${each.localName} ${each.dataset['testid'] ?? each.textContent.trim()}`];
  });
}
