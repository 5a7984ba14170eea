import { readonly, ref, type Ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';

export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  const take = () => { matches.value = list.matches; };
  list.addEventListener('change', take);
  useResourceManager().registerResource(() => list.removeEventListener('change', take));
  return readonly(matches);
}

export const useReducedMotion = () => useMediaQuery('(prefers-reduced-motion: reduce)');
/** Three columns, or two; below, the phone's one. */
export const useDesktop = () => useMediaQuery('(min-width: 900px)');
