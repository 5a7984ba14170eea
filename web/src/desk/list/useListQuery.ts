import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import type { ListQuery } from '../api/curatorApi';
import { states, tongues } from '../api/types';

export const pageSize = 50;

const text = (query: LocationQuery, name: string): string | undefined => {
  const value = query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const count = (value: string | undefined): number | undefined => (value && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : undefined);

/** What an address asks of the list; what it cannot mean is left out. */
export function listQueryOf(query: LocationQuery): ListQuery & { page: number } {
  const [state, missing, q, hall] = [states.find((s) => s === text(query, 'state')), tongues.find((t) => t === text(query, 'missing')), text(query, 'q'), count(text(query, 'hall'))];
  return { ...(state && { state }), ...(missing && { missing }), ...(q && { q }), ...(hall && { hall }), page: count(text(query, 'page')) ?? 1 };
}

/** The list's filters live in the address: they survive going back, and can be sent to a colleague. */
export function useListQuery(): { asked: ComputedRef<ListQuery & { page: number }>; ask: (change: Partial<Record<keyof ListQuery, string | number | undefined>>) => void } {
  const route = useRoute();
  const router = useRouter();
  const asked = computed(() => listQueryOf(route.query));

  function ask(change: Partial<Record<keyof ListQuery, string | number | undefined>>): void {
    const { page, ...filters } = { ...asked.value, page: undefined, ...change };
    const query = Object.fromEntries(Object.entries({ ...filters, page: page === 1 ? undefined : page }).filter(([, v]) => v !== undefined && v !== '').map(([k, v]) => [k, String(v)]));
    void router.replace({ query });
  }

  return { asked, ask };
}
