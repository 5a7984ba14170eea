import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Where the page under test is built; beside it `audio.js` and `conversation.js`, the layers by themselves, and `whole.js`, the page to open and close. */
export const folder = fileURLToPath(new URL('../../node_modules/.museum-page', import.meta.url));

export async function setup(): Promise<void> {
  await build({
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: { index: 'index.html', audio: 'src/audio/useAudioManager.ts', conversation: 'tests/page/conversation.ts', whole: 'tests/page/whole.ts' },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}
