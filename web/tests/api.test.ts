import { readFile } from 'node:fs/promises';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { expect, test } from 'vitest';

// The document itself is held against the services by their own tests (./museum schemas).
test('The types of the API are those of its document; npm run generate writes them anew', async () => {
  const made = COMMENT_HEADER + astToString(await openapiTS(new URL('../openapi.json', import.meta.url)));
  expect(await readFile(new URL('../src/api/generated.ts', import.meta.url), 'utf8') === made).toBe(true);
});
