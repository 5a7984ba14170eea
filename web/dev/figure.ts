import '../src/look/tokens.css';
import '../src/look/room.css';
import { createApp, h, reactive } from 'vue';
import GuideCanvas from '../src/avatar/GuideCanvas.vue';
import ClewGuide from '../src/guide/ClewGuide.vue';
import { restPose, type Pose, type PoseName } from '../src/guide/poses';
import type { VisemeId } from '../src/guide/visemes';

/**
 * The guide by itself, to look at and to measure: `/dev/figure.html?pose=give&viseme=aa&bust&flat&talk`.
 * `talk` runs through all visemes; `window.bench` holds the figures of the frames.
 */
const query = new URLSearchParams(location.search);
const ids: VisemeId[] = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'ih', 'oh', 'ou'];
const bench = reactive({
  pose: { ...restPose, name: (query.get('pose') ?? 'rest') as PoseName } as Pose,
  viseme: (query.get('viseme') ?? 'sil') as VisemeId,
  action: query.get('action') ?? 'none',
  expression: 'neutral',
  stats: () => undefined as unknown,
});
Object.assign(globalThis, { bench });

const face = () => ({
  viseme: query.has('talk') ? ids[Math.floor(performance.now() / 110) % ids.length] ?? 'sil' : bench.viseme,
  weight: 1, loudness: 0.7, action: bench.action, expression: bench.expression,
});
const mirrored = query.has('bust');
createApp(() => h('div', {
  style: `position: fixed; inset: 0; display: flex; justify-content: center; overflow: hidden; background: radial-gradient(70% 78% at 50% 42%, var(--wall-lit) 0, var(--wall) 72%, var(--wall-deep) 130%);${mirrored ? 'transform: scaleX(-1)' : ''}`,
}, query.has('flat')
  ? h(ClewGuide, { face, playing: true, pose: bench.pose, label: 'The guide', desktop: !mirrored })
  : h(GuideCanvas, {
    face, playing: query.has('talk') || query.has('viseme'), pose: bench.pose, label: 'The guide', desktop: !mirrored, software: !query.has('hardware'), live: true,
    ref: (canvas) => { bench.stats = () => (canvas as { stats?: () => unknown } | null)?.stats?.(); },
    onFailed: (reason: unknown) => { throw reason; },
  }))).mount('#app');
