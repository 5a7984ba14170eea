const segmenters = new Map<string, Intl.Segmenter>();

/** A number, or what stands for one, and what is counted by it: 每一位, 1889年. The segmenter takes them for two words. */
const number = /[\p{Nd}一二三四五六七八九十百千万两几每这那哪]$/u;
const measure = /^[个位件幅座条尊只张块种枚对组层间年月日世米厘]/u;

export type TextLanguage = 'en' | 'zh-CN';

/** The language a text is set in: fonts, leading and line breaking follow it. */
export function languageOf(text: string): TextLanguage {
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}

/**
 * A text in pieces that are never torn at a line's end: words with the marks and spaces that follow them
 * (opening marks go with the word after them). Joined, they are the text again.
 */
export function wordsOf(text: string, language: TextLanguage = languageOf(text)): string[] {
  if (language === 'en') return text.match(/\s*\S+\s*/gu) ?? [];
  let segmenter = segmenters.get(language);
  if (!segmenter) segmenters.set(language, (segmenter = new Intl.Segmenter(language, { granularity: 'word' })));
  const words: string[] = [];
  let opening = '';
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (/^[“‘《（「『〈(]+$/u.test(segment)) opening += segment;
    else if (opening === '' && measure.test(segment) && number.test(words.at(-1) ?? '')) words[words.length - 1] += segment;
    else if (isWordLike || words.length === 0) {
      words.push(opening + segment);
      opening = '';
    } else {
      words[words.length - 1] += opening + segment;
      opening = '';
    }
  }
  if (opening !== '') words.push(opening);
  return words;
}

/** The end of the word that `reached` characters reach into. */
export function wordEnd(text: string, reached: number): number {
  let end = 0;
  for (const word of wordsOf(text)) {
    if (end >= reached) break;
    end += word.length;
  }
  return end;
}

/** The end of the last word that `reached` characters hold whole. */
export function wholeWords(text: string, reached: number): number {
  let end = 0;
  for (const word of wordsOf(text)) {
    if (end + word.trimEnd().length > reached) break;
    end += word.length;
  }
  return end;
}
