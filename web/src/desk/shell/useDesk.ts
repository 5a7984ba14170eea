import { inject, provide, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import type { CuratorApi } from '../api/curatorApi';
import { problemOf } from '../api/problem';
import type { Hall, Tongue } from '../api/types';
import type { DeskSession } from '../session/deskSession';
import { sayProblem } from '../words/useDeskWords';
import type { DeskWords } from '../words/deskWords';

/** What every part of the desk has at hand. */
export interface Desk {
  words: ComputedRef<DeskWords>;
  language: Readonly<Ref<Tongue>>;
  api: CuratorApi;
  session: DeskSession;
  halls: Readonly<Ref<readonly Hall[]>>;
  loadHalls(): Promise<void>;
  /** An exhibit's title in the desk's language; its id while the titles are on their way, and where there is none. */
  titleOf(id: string): string;
  /** Says something on the status line, aloud for those who listen. */
  tell(text: string): void;
}

const key: InjectionKey<Desk> = Symbol('desk');

export const provideDesk = (desk: Desk): void => provide(key, desk);

export function useDesk(): Desk & { say: (error: unknown) => string } {
  const desk = inject(key);
  if (!desk) throw new Error('Outside of the desk');
  return { ...desk, say: (error) => sayProblem(desk.words.value, problemOf(error)) };
}
