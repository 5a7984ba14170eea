import type { Line, Point } from './paths';

/** Finds in the page what the thread is tied to. All in pixels of the room. */
export interface Anchors {
  width: number;
  point(name: string, fx?: number, fy?: number, within?: Element): Point | null;
  box(name: string): DOMRect | null;
  /** Where the words now spoken stand, up to the voice. */
  voicedLines(characters: number): Line[];
  /** The last line of the answer. */
  lastLine(): Line | null;
  /** Both ends of every string: a knot at a sentence and the hole of its tag, when one can see both. */
  strings(): { knot: Point; hole: Point }[];
}

// Below the middle of the letters' box, in parts of the type's size: under the descenders.
const belowLatin = 0.69;
const belowHan = 0.72;

export function findAnchors(room: Element): Anchors {
  const origin = room.getBoundingClientRect();
  const find = (name: string, within: Element = room) => within.querySelector(`[data-anchor="${name}"]`);
  // Asked for every word of every frame: once is enough.
  const answer = find('answer')?.getBoundingClientRect();
  const undersides = new Map<Element | null, number>();
  const at = (box: DOMRect, fx: number, fy: number): Point => [box.left - origin.left + box.width * fx, box.top - origin.top + box.height * fy];

  function point(name: string, fx = 0.5, fy = 0.5, within: Element = room): Point | null {
    const found = find(name, within);
    return found ? at(found.getBoundingClientRect(), fx, fy) : null;
  }

  function lineOf(word: Element, box: DOMRect): Line {
    const [x0, middle] = at(box, 0, 0.5);
    return { x0, x1: x0 + box.width, y: middle + undersideOf(word) };
  }

  /** How far below their middle the words of a sentence are underlined. */
  function undersideOf(word: Element): number {
    const known = undersides.get(word.parentElement);
    if (known !== undefined) return known;
    const below = word.closest('[lang]')?.getAttribute('lang')?.startsWith('zh') ? belowHan : belowLatin;
    const underside = parseFloat(getComputedStyle(word).fontSize) * below;
    undersides.set(word.parentElement, underside);
    return underside;
  }

  function voicedLines(characters: number): Line[] {
    const lines: Line[] = [];
    let at = 0;
    for (const word of room.querySelectorAll('[data-now] [data-word]')) {
      const text = word.textContent;
      if (at >= characters && at > 0) break;
      const share = Math.min(1, Math.max(0, (characters - at) / Math.max(1, text.trimEnd().length)));
      at += text.length;
      for (const box of word.getClientRects()) {
        if (!isSeen(box)) continue;
        const { x0, x1, y } = lineOf(word, box);
        const end = x0 + (x1 - x0) * share;
        const line = lines.at(-1);
        if (line && Math.abs(line.y - y) < 4) line.x1 = end;
        else lines.push({ x0, x1: end, y });
      }
    }
    return lines;
  }

  function lastLine(): Line | null {
    const lines: Line[] = [];
    for (const word of room.querySelectorAll('p:last-of-type > [data-word]')) {
      for (const box of word.getClientRects()) {
        const next = lineOf(word, box);
        const line = lines.at(-1);
        if (line && Math.abs(line.y - next.y) < 4) line.x1 = next.x1;
        else if (isSeen(box)) lines.push(next);
      }
    }
    return lines.at(-1) ?? null;
  }

  // What is scrolled away is not tied: its string would hang in the air.
  function isSeen(box: DOMRect): boolean {
    return !answer || (box.bottom > answer.top + 4 && box.top < answer.bottom - 4);
  }

  // Where it comes to rest: a tag that swings in at this moment would leave its string behind it.
  function holeOf(tag: HTMLElement): Point | null {
    const hole = find('hole', tag) as HTMLElement | null;
    const frame = find('tags');
    const ground = tag.offsetParent?.getBoundingClientRect();
    if (!hole || !frame || !ground) return null;
    return [
      ground.left - origin.left + tag.offsetLeft - frame.scrollLeft + hole.offsetLeft + hole.offsetWidth / 2,
      ground.top - origin.top + tag.offsetTop - frame.scrollTop + hole.offsetTop + hole.offsetHeight / 2,
    ];
  }

  function strings(): { knot: Point; hole: Point }[] {
    const tags = find('tags')?.getBoundingClientRect();
    return [...room.querySelectorAll('[data-anchor="knot"]')].flatMap((knot) => {
      const tag = room.querySelector(`.tag[data-tie="${knot.getAttribute('data-tie') ?? ''}"]`);
      const hole = tag && holeOf(tag as HTMLElement);
      const box = knot.getBoundingClientRect();
      const hidden = hole && tags && (hole[0] + origin.left > tags.right || hole[0] + origin.left < tags.left || hole[1] + origin.top > tags.bottom || hole[1] + origin.top < tags.top);
      return hole && !hidden && isSeen(box) ? [{ knot: at(box, 1, 0.5), hole }] : [];
    });
  }

  return { width: origin.width, point, voicedLines, lastLine, strings, box: (name) => find(name)?.getBoundingClientRect() ?? null };
}
