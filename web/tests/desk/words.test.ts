import { expect, test } from 'vitest';
import { deskWords } from '../../src/desk/words/deskWords';

/** Every word, as it is said; what counts or names something does so with examples. */
function said(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return [String((words as (...named: unknown[]) => string)(2, 3, 4))];
  return Object.values(words as object).flatMap(said);
}

test.each(['en', 'zh'] as const)('The desk’s words are whole, without exclamation marks and technology (%s)', (tongue) => {
  expect(said(deskWords[tongue]).filter((word) => word.trim() === '' || /[!！]|websocket|token|undefined|服务器|您/i.test(word))).toEqual([]);
});
