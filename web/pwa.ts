import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VitePWA } from 'vite-plugin-pwa';

/** What is kept for times without a network: what the page needs to stand, and the Latin letters. The rest is kept when it was used. */
const always = /^(index\.html|favicon\.svg|manifest\.webmanifest)$|captureWorklet|UpdateNote|workbox-window|source-(serif|sans)[^/]*-latin-(wght|opsz)[^/]*\.woff2$/;

export function offlinePage(folder: string): ReturnType<typeof VitePWA> {
  return VitePWA({
    registerType: 'prompt', // Nobody's answer disappears because there is a new page.
    injectRegister: false,
    manifest: {
      name: 'Museum guide · 博物馆向导',
      short_name: 'Museum guide',
      description: 'Ask the museum’s guide anything about the objects, in English or Chinese.',
      start_url: '/',
      display: 'standalone',
      background_color: '#D6DCD2',
      theme_color: '#D6DCD2',
      icons: [
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      ],
    },
    workbox: {
      globPatterns: ['**/*.{html,js,css,svg,woff2,webmanifest}'],
      manifestTransforms: [(entries) => {
        // The page names whatever it begins with.
        const page = readFileSync(join(folder, 'index.html'), 'utf8');
        return { manifest: entries.filter(({ url }) => always.test(url) || page.includes(`/${url}"`)), warnings: [] };
      }],
      navigateFallback: '/index.html',
      navigateFallbackDenylist: [/^\/(api|ws|openapi|health|\.well-known)(\/|$)/],
      runtimeCaching: [{
        urlPattern: /\/assets\//,
        handler: 'CacheFirst',
        // Names carry a hash: what is kept is never old, only perhaps unused. 200 hold both languages' letters and the guide.
        options: { cacheName: 'museum-assets', expiration: { maxEntries: 200 } },
      }, {
        // What the museum has set may change with every visit; a line that is slow is not waited for.
        urlPattern: /\/page\.json$/,
        handler: 'NetworkFirst',
        options: { cacheName: 'museum-settings', networkTimeoutSeconds: 3, expiration: { maxEntries: 1 } },
      }, {
        // Its own figure, megabytes of it, under an address that another file does not have: only the present one is kept.
        urlPattern: /\/figure\//,
        handler: 'CacheFirst',
        options: { cacheName: 'museum-figure', expiration: { maxEntries: 1 } },
      }],
      cleanupOutdatedCaches: true,
    },
  });
}
