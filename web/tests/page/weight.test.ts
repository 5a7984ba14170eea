import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { folder } from './build';

test('What a visitor’s browser loads first weighs at most 250 KB, without the desk and without the figure in the round', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const first = [...page.matchAll(/<(?:script type="module"|link rel="modulepreload")[^>]* (?:src|href)="\/([^"]+)"/g)].map(([, path = '']) => readFileSync(join(folder, path)));
  expect(first.length).toBeGreaterThan(1);
  expect(first.reduce((sum, script) => sum + gzipSync(script).length, 0) / 1024).toBeLessThanOrEqual(250);
  expect(first.filter((script) => /WebGLRenderer|ant-btn/.test(script.toString()))).toEqual([]);
});
