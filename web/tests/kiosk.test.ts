import { describe, expect, test } from 'vitest';
import { drawingsFor } from '../src/kiosk/drawings';
import { qrPath } from '../src/kiosk/qrPath';
import { letterRows, questionForms, shortened, typed } from '../src/kiosk/typing';
import { markIn } from '../src/tags/passage';
import { sounding } from '../src/thread/paths';

describe('The kiosk’s keyboard', () => {
  test('writes names and ways to ask as words of a sentence', () => {
    expect(typed(typed('', 'Who made ', 'en'), 'The Scream', 'en')).toBe('Who made The Scream');
    expect(typed(typed('', 'The Scream', 'en'), 'Why is it famous?', 'en')).toBe('The Scream Why is it famous?');
    expect([...'why?'].reduce((text, key) => typed(text, key, 'en'), '')).toBe('Why?');
    expect(typed(typed('', '《呐喊》', 'zh'), '是谁做的？', 'zh')).toBe('《呐喊》是谁做的？');
  });

  test('takes back a letter, in Chinese the piece that was pressed', () => {
    expect(shortened('Who', 'en', [])).toBe('Wh');
    expect(shortened('《呐喊》是谁做的？', 'zh', ['《呐喊》', '是谁做的？'])).toBe('《呐喊》');
    expect(shortened('', 'zh', [])).toBe('');
  });

  test('has every letter, and ways to ask in both languages', () => {
    expect([...letterRows.join('')].filter((key) => /[a-z]/.test(key))).toHaveLength(26);
    expect(questionForms.zh.every((form) => /[？]$/.test(form))).toBe(true);
    expect(questionForms.en.length).toBeGreaterThan(4);
  });
});

describe('The attract drawings', () => {
  test('are one line each, from the ball to the left edge, of at most 6 KB', () => {
    for (const path of drawingsFor(undefined)) {
      expect(path.match(/M/g)).toHaveLength(1);
      expect(path).toMatch(/^M586 858 .* -12 \d+$/);
      expect(path).not.toContain('NaN');
      expect(path.length).toBeLessThanOrEqual(6 * 1024);
    }
  });

  test('stay on the screen, and over the heads of those who touch it', () => {
    for (const path of drawingsFor(undefined)) {
      const numbers = path.match(/-?\d+/g)?.map(Number) ?? [];
      expect(Math.max(...numbers.filter((_, i) => i % 2 === 0))).toBeLessThanOrEqual(1060);
      expect(Math.max(...numbers.filter((_, i) => i % 2 === 1))).toBeLessThanOrEqual(1100);
    }
  });

  test('are the exhibit’s own, where it has one, and all of them in turn elsewhere', () => {
    expect(drawingsFor('great-wave')).toHaveLength(1);
    expect(drawingsFor('great-wave')[0]).not.toBe(drawingsFor('starry-night')[0]);
    expect(drawingsFor('mona-lisa')).toEqual(drawingsFor(undefined));
    expect(drawingsFor(undefined)).toHaveLength(4);
  });
});

test('A QR code keeps its three finders where readers look for them', () => {
  const { path, size } = qrPath('http://museum.example/e/scream');
  expect(size).toBe(17 + 4 * Math.round((size - 17) / 4));
  for (const corner of ['M0 0h7', `M${String(size - 7)} 0h7`, `M0 ${String(size - 7)}h7`]) expect(path).toContain(corner);
});

describe('A passage', () => {
  test('is marked where the text says it, without the quotation’s own marks', () => {
    expect(markIn('He wrote: “I saw it.” Then he slept.', '“I saw it.”')).toEqual({ before: 'He wrote: “', marked: 'I saw it.', after: '” Then he slept.' });
  });

  test('is not marked where the text says something else, or nothing is quoted', () => {
    expect(markIn('He slept.', 'He woke.')).toBeNull();
    expect(markIn('He slept.', ' ')).toBeNull();
  });
});

test('The thread sounds with the voice: still at its ends, at most 28 px off, and straight in silence', () => {
  const heights = (level: number) => [...sounding(0, 300, 100, level, 2).matchAll(/[ML]\s?\S+ (\S+)/g)].map((match) => Number(match[1]) - 100);
  expect(heights(0).every((height) => height === 0)).toBe(true);
  const loud = heights(1);
  expect(Math.max(...loud.map(Math.abs))).toBeLessThanOrEqual(28);
  expect(Math.max(...loud.map(Math.abs))).toBeGreaterThan(10);
  expect([Math.abs(loud[0] ?? 1), Math.abs(loud.at(-1) ?? 1)].every((height) => height < 0.1)).toBe(true);
});
