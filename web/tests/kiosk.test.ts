import { describe, expect, test } from 'vitest';
import { attractPath } from '../src/kiosk/attractPath';
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

test('The attract drawing is one line, from the ball to the edge', () => {
  const path = attractPath();
  expect(path.match(/M/g)).toHaveLength(1);
  expect(path.startsWith('M586 858')).toBe(true);
  expect(path.endsWith('-12 1050')).toBe(true);
  expect(path).not.toContain('NaN');
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
