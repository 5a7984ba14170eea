import { computed, type ComputedRef } from 'vue';
import type { Tongue } from '../api/types';
import { deskWords, type DeskWords } from './deskWords';

/** The desk's own words: they come with its part of the page, not with the visitor's. */
export const useDeskWords = (language: () => Tongue): ComputedRef<DeskWords> => computed(() => deskWords[language()]);

/** What the server refused, said to a curator. */
export function sayProblem(words: DeskWords, problem: { status: number; code: string; message: string }): string {
  const { problems } = words;
  if (problem.status === 429) return problems.too_many;
  if (problem.code in problems && problem.code !== 'other') return problems[problem.code as Exclude<keyof typeof problems, 'other'>];
  if (problem.status === 0 || problem.status === 502 || problem.status === 504) return problems.unreachable;
  if (problem.status === 503) return problems.busy;
  return problems.other(problem.message);
}
