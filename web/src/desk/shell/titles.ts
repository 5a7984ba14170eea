import { shallowRef } from 'vue';
import type { CuratorApi } from '../api/curatorApi';
import type { Both, Tongue } from '../api/types';

// The largest page of the list. A larger museum sees the ids of what is beyond it.
const most = 200;

/** The exhibits' titles, asked for once, when the first one is wanted. */
export function createTitles(api: CuratorApi, language: () => Tongue): (id: string) => string {
  const titles = shallowRef<ReadonlyMap<string, Both<string>>>(new Map());
  let asked = false;

  async function load(): Promise<void> {
    const { exhibits } = await api.list({ size: most });
    titles.value = new Map(exhibits.map((line) => [line.id, line.title]));
  }

  return (id) => {
    if (!asked) {
      asked = true;
      void load().catch(() => { asked = false; });
    }
    const title = titles.value.get(id);
    return title?.[language()] || title?.en || title?.zh || id;
  };
}
