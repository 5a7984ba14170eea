import type { Tongue } from '../api/types';

/** The same words in both languages; what the second lacks, or has beyond the first, is a type error. */
export const both = <Words>(en: Words, zh: NoInfer<Words>): Record<Tongue, Words> => ({ en, zh });
