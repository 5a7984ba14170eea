import { describe, expect, test } from 'vitest';
import type { Sentence } from '../src/conversation/turn';
import { quoted } from '../src/tags/passage';
import { tie } from '../src/tags/ties';

const said = (...texts: string[]): Sentence[] => texts.map((text, sequence) => ({ sequence, text, whole: true, words: [], soundMs: null, soundWhole: false }));
const source = (quote: string) => ({ id: quote.slice(0, 8), title: 'A title', quote, score: 1 });

describe('A source', () => {
  test('is tied to the sentence that says what its text says, and the passage is marked', () => {
    const quote = 'I saw the countryside a long time before sunrise, with nothing but the morning star.';
    const [tied] = tie([source(quote)], said('Partly.', 'He watched it a long time before sunrise.', 'By day he painted.'));
    expect(tied?.sequence).toBe(1);
    expect(quote.slice(tied?.mark?.start, tied?.mark?.end)).toBe('a long time before sunrise');
  });

  test('is tied in Chinese as well', () => {
    const quote = '头部先以模具成型，再由工匠贴塑、刻划五官与须发。';
    const [tied] = tie([source(quote)], said('很可能没有。', '再由工匠贴塑五官。'));
    expect(tied?.sequence).toBe(1);
    expect(quote.slice(tied?.mark?.start, tied?.mark?.end)).toBe('再由工匠贴塑');
  });

  test('is not tied where nothing of it was said: only what the text supports', () => {
    expect(tie([source('One of the finest works of its time.')], said('It is one of the oldest.'))).toMatchObject([{ sequence: null, mark: null }]);
  });

  test('does not mind capitals and marks', () => {
    expect(tie([source('THE MORNING STAR, looked very big')], said('The morning star looked big.'))[0]?.sequence).toBe(0);
  });

  test('is numbered in the order of the sources', () => {
    expect(tie([source('a'), source('b')], said('Nothing.')).map((t) => t.number)).toEqual([1, 2]);
  });

  test('is quoted between double marks, and what is said in it between single ones', () => {
    expect(quoted('He wrote: “It looked very big.”')).toBe('He wrote: ‘It looked very big.’');
    expect(quoted('刻着“宅兹中国”四字')).toBe('刻着‘宅兹中国’四字');
  });
});
