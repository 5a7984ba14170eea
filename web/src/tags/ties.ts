import type { ExhibitSource } from '../protocol/serverMessages';
import type { Sentence } from '../conversation/turn';

/** An exhibit that the answer stands on, tied to the sentence that says the same as its text. */
export interface Tie {
  number: number;
  source: ExhibitSource;
  /** The sentence it is tied to; null: nothing in the answer repeats its text, so no thread is drawn. */
  sequence: number | null;
  /** The passage of the quotation to mark, as a character range. */
  mark: { start: number; end: number } | null;
}

interface Token {
  text: string;
  start: number;
  end: number;
}

/** A passage shorter than this may be chance ("one of the"). */
const minimumLatin = 14;
const minimumHan = 5;

export function tie(sources: readonly ExhibitSource[], sentences: readonly Sentence[]): Tie[] {
  const spoken = sentences.map(({ sequence, text }) => ({ sequence, tokens: tokensOf(text) }));
  return sources.map((source, index) => {
    const quote = tokensOf(source.quote);
    let best: { sequence: number; start: number; end: number } | null = null;
    for (const { sequence, tokens } of spoken) {
      const common = longestCommon(quote, tokens);
      if (!common || !isEnough(source.quote.slice(common.start, common.end))) continue;
      if (!best || common.end - common.start > best.end - best.start) best = { sequence, ...common };
    }
    const mark = best && { start: best.start, end: best.end };
    return { number: index + 1, source, sequence: best?.sequence ?? null, mark };
  });
}

function isEnough(passage: string): boolean {
  return passage.length >= (/\p{Script=Han}/u.test(passage) ? minimumHan : minimumLatin);
}

// Words of letters and digits; each Han character by itself.
function tokensOf(text: string): Token[] {
  return [...text.matchAll(/\p{Script=Han}|[^\P{L}\p{Script=Han}]+|\p{N}+/gu)]
    .map((match) => ({ text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length }));
}

/** The longest run of tokens that both have, as a character range of the first. */
function longestCommon(a: readonly Token[], b: readonly Token[]): { start: number; end: number } | null {
  let best = { length: 0, end: 0 };
  let previous: number[] = [];
  a.forEach((token, i) => {
    const row: number[] = [];
    b.forEach((other, j) => {
      if (token.text !== other.text) return;
      const length = (previous[j - 1] ?? 0) + 1;
      row[j] = length;
      if (length > best.length) best = { length, end: i };
    });
    previous = row;
  });
  const first = a[best.end - best.length + 1];
  const last = a[best.end];
  return best.length > 0 && first && last ? { start: first.start, end: last.end } : null;
}
