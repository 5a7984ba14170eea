import { both } from './both';

/** Texts that were live. */
export const versions = both({
  title: 'Earlier versions',
  intro: 'Every text that was live is kept.',
  none: 'It was never published.',
  version: (n: number) => `Version ${String(n)}`,
  now: 'live now',
  differs: 'Against what is on your page',
  same: 'The same as on your page.',
  then: 'Then',
  nowText: 'Now',
  restore: 'Make this the draft',
  restored: (n: number) => `Version ${String(n)} is the draft now.`,
}, {
  title: '历史版本',
  intro: '每次发布的文字都会留存。',
  none: '还没有发布过。',
  version: (n) => `第 ${String(n)} 版`,
  now: '现行',
  differs: '与当前页面相比',
  same: '与当前页面相同。',
  then: '当时',
  nowText: '现在',
  restore: '用作草稿',
  restored: (n) => `第 ${String(n)} 版已成为草稿。`,
});
