import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';

export const sections = ['today', 'exhibits', 'questions', 'exchange', 'rooms'] as const;
export type Section = (typeof sections)[number];

/** Where in the desk one is: `/desk/exhibits/starry-night` is the section `exhibits` and the item `starry-night`. */
export interface Place { section: Section; item: string | null }

export function placeOf(path: string): Place | null {
  const [first = 'today', item = null, ...rest] = path.replace(/^\/desk\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
  const section = sections.find((known) => known === first);
  return section && rest.length === 0 ? { section, item } : null;
}

export const addressOf = (section: Section, item?: string): string =>
  section === 'today' ? '/desk' : `/desk/${section}${item === undefined ? '' : `/${encodeURIComponent(item)}`}`;

export function usePlace(): ComputedRef<Place | null> {
  const route = useRoute();
  return computed(() => placeOf(route.path));
}
