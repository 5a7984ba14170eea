import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { precompress } from './precompress.ts';
import { offlinePage } from './pwa.ts';

// The suite's gateway, or dev/guide-server.mjs; only `npm run dev` uses it, the built page speaks to its own origin.
const gateway = process.env['MUSEUM_GATEWAY'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [vue(), process.env['VITEST'] ? undefined : precompress(), offlinePage(process.env['VITEST'] ? 'node_modules/.museum-page' : 'dist')],
  define: { __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false, __INTLIFY_PROD_DEVTOOLS__: false, __VUE_OPTIONS_API__: true },
  build: { target: 'es2022', assetsInlineLimit: 0 },
  server: {
    proxy: {
      '/api': gateway,
      '/page.json': gateway,
      '/figure': gateway,
      '/ws': { target: gateway, ws: true },
    },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/page/build.ts'],
    setupFiles: ['tests/setup.ts'],
    // A machine that does twenty things at once takes its time: conditions are waited for, and nothing depends on when.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
});
