import { describe, expect, test } from 'vitest';
import { voicedCharacters } from '../src/captions/voiced';
import { languageOf, wholeWords, wordEnd, wordsOf } from '../src/captions/words';
import type { Sentence } from '../src/conversation/turn';
import { silently } from '../src/answer/voicing';
import { sentencePhase } from '../src/answer/phases';

const sentence = (text: string, more: Partial<Sentence> = {}): Sentence =>
  ({ sequence: 0, text, whole: true, words: [], soundMs: null, soundWhole: false, ...more });

describe('The voiced part of a sentence', () => {
  const watched = sentence('He watched it.', {
    words: [{ text: 'he', start_ms: 100, end_ms: 300 }, { text: 'watched', start_ms: 300, end_ms: 900 }, { text: 'it', start_ms: 900, end_ms: 1000 }],
    soundMs: 1200, soundWhole: true,
  });

  test('follows the times of the words, and inside a word the time', () => {
    expect(voicedCharacters(watched, 50)).toBe(0);
    expect(voicedCharacters(watched, 300)).toBe(3);
    expect(voicedCharacters(watched, 600)).toBeCloseTo(6.5);
    expect(voicedCharacters(watched, 1200)).toBe(watched.text.length);
  });

  test('never goes back', () => {
    const reached = Array.from({ length: 130 }, (_, i) => voicedCharacters(watched, i * 10));
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
  });

  test('keeps step with the sound where words say nothing about the text', () => {
    const spoken = sentence('星月夜', { words: [{ text: 'xing1', start_ms: 0, end_ms: 300 }], soundMs: 900, soundWhole: true });
    expect(voicedCharacters(spoken, 450)).toBeCloseTo(1.5);
  });

  test('does not run ahead while the end of the sound is unknown', () => {
    const begun = sentence('He watched it from his bedroom window in Saint-Rémy.', { soundMs: 200 });
    expect(voicedCharacters(begun, 200)).toBeLessThan(10);
  });

  test('finds repeated words one after the other', () => {
    const again = sentence('the cat the hat', { words: ['the', 'cat', 'the', 'hat'].map((text, i) => ({ text, start_ms: i * 100, end_ms: i * 100 + 100 })), soundMs: 400, soundWhole: true });
    expect(voicedCharacters(again, 300)).toBe(12);
  });
});

describe('Words', () => {
  test('are the text again when joined, in both languages', () => {
    for (const text of ['He watched it, “really”, from Saint-Rémy.', '他们原本还涂着“鲜艳”的颜色，出土后，《大多》剥落了。']) expect(wordsOf(text).join('')).toBe(text);
  });

  test('keep Chinese marks with the word before, and opening marks with the word after', () => {
    const words = wordsOf('看《星月夜》，好。');
    expect(words.every((word) => !/^[，。》]/u.test(word) && !/《$/u.test(word))).toBe(true);
  });

  test('keep a number with what it counts', () => {
    const words = wordsOf('所以站近了看，每一位都像1889年6月画下的3幅画。');
    expect(words.filter((word) => /^[位年月幅]/u.test(word))).toEqual([]);
    expect(words.join('')).toContain('每一位都像1889年6月');
  });

  test('tell the language of a text', () => {
    expect(languageOf('Who?')).toBe('en');
    expect(languageOf('《Mona Lisa》是谁画的？')).toBe('zh-CN');
  });

  test('are cut whole', () => {
    expect(wordEnd('He watched it.', 5)).toBe('He watched '.length);
    expect(wholeWords('He watched it.', 5)).toBe('He '.length);
  });
});

describe('A sentence', () => {
  const facts = { exchange: { aloud: true, phase: 'answering' as const }, turn: { id: 1 }, spoken: true, playing: true, voicing: null, lastHeard: null };
  const voicing = { turnId: 1, sequence: 1, characters: 3, silent: false };

  test('is said, being said, or to come, by where the voice is', () => {
    expect([0, 1, 2].map((n) => sentencePhase(n, { ...facts, voicing }))).toEqual(['said', 'now', 'coming']);
  });

  test('stays said when the voice pauses between sentences', () => {
    expect([0, 1, 2].map((n) => sentencePhase(n, { ...facts, playing: false, lastHeard: voicing }))).toEqual(['said', 'said', 'coming']);
  });

  test('is said at once when nobody speaks it', () => {
    expect(sentencePhase(0, { ...facts, exchange: { aloud: false, phase: 'answering' } })).toBe('said');
    expect(sentencePhase(0, { ...facts, spoken: false })).toBe('said');
  });

  test('is said at the end, even one that got no sound', () => {
    expect(sentencePhase(3, { ...facts, exchange: { aloud: true, phase: 'done' }, playing: false, lastHeard: voicing })).toBe('said');
  });
});

test('Reading in silence goes through the sentences and comes to an end', () => {
  const turn = { id: 1, sentences: [sentence('Partly.'), sentence('He did.', { sequence: 1 })], nextTextSeq: 2, textEnded: true, voiceEnded: true, sources: null, suggestions: [], nextStop: null };
  expect(silently(turn, 0)).toMatchObject({ sequence: 0, silent: true });
  expect(silently(turn, 400)?.sequence).toBe(1);
  expect(silently(turn, 60_000)).toBeNull();
});
