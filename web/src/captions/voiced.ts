import type { Sentence } from '../conversation/turn';

/** A moment of the voice, and how many characters of the text it has reached. */
interface Point {
  ms: number;
  at: number;
}

/** Half of the spoken words must be found in the text, or their times say nothing about it. */
const trusted = 0.5;
/** How far ahead a spoken word is looked for: a number read out may skip some characters, not a whole clause. */
const reach = 40;
const isHan = /\p{Script=Han}/u;

/** How many characters the voice has said at `ms`: by the times of the words, else in step with the sound. Never ahead. */
export function voicedCharacters(sentence: Sentence, ms: number): number {
  const points = timelineOf(sentence);
  let before: Point = { ms: 0, at: 0 };
  for (const point of points) {
    if (point.ms > ms) return before.at + ((point.at - before.at) * (ms - before.ms)) / (point.ms - before.ms);
    before = point;
  }
  return before.at;
}

function timelineOf(sentence: Sentence): Point[] {
  const points = byWords(sentence) ?? [];
  const heard = points.at(-1)?.ms ?? 0;
  const known = sentence.soundMs ?? 0;
  const end = points.length > 0 ? Math.max(heard, sentence.soundWhole ? known : 0) : sentence.soundWhole ? known : Math.max(known, reading(sentence.text));
  return [...points, { ms: end, at: sentence.text.length }];
}

function byWords({ text, words }: Sentence): Point[] | null {
  const searched = text.toLowerCase();
  const points: Point[] = [];
  let cursor = 0;
  let found = 0;
  for (const word of words) {
    const wanted = word.text.toLowerCase();
    const at = wanted === '' ? -1 : searched.indexOf(wanted, cursor);
    if (at < 0 || at - cursor > reach) continue;
    found += 1;
    points.push({ ms: word.start_ms, at }, { ms: word.end_ms, at: at + wanted.length });
    cursor = at + wanted.length;
  }
  return found > 0 && found >= words.length * trusted ? points : null;
}

/** Milliseconds that reading a text aloud takes, roughly. */
export function reading(text: string): number {
  let ms = 0;
  for (const character of text) ms += isHan.test(character) ? 230 : 65;
  return ms;
}
