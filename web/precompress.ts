import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(js|css|html|svg|json|webmanifest)$/;
const leastBytes = 1024; // Below it the headers weigh more than what is saved.

/**
 * Writes `x.js.br` and `x.js.gz` beside every text of the build. The gateway gives them to whoever accepts them
 * (Gateway/Site/CompressedForms.cs): the best compression there is, paid once and not per request.
 */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'museum-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) { folder = config.build.outDir; },
    closeBundle: {
      order: 'post',
      sequential: true, // After the service worker has been written.
      async handler() {
        const entries = await readdir(folder, { recursive: true });
        await Promise.all(entries.filter((name) => text.test(name)).map((name) => compress(join(folder, name))));
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < leastBytes) return;
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
