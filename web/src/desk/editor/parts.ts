import { tongues, type ExhibitDocument, type Tongue } from '../api/types';
import type { DeskWords } from '../words/deskWords';

type Field = Exclude<keyof ExhibitDocument, 'artifact'>;
const localized = ['title', 'aliases', 'maker', 'date', 'material', 'found', 'home', 'tags', 'suggested', 'body'] as const satisfies readonly Field[];

/** A part of an exhibit that is changed, compared and chosen as a whole: a field, in one language if it has languages. */
export interface Part { field: Field; tongue: Tongue | null }

export const parts: readonly Part[] = [
  ...localized.flatMap((field) => tongues.map((tongue) => ({ field, tongue }))),
  { field: 'hall', tongue: null },
  { field: 'sources', tongue: null },
];

export const pathOf = ({ field, tongue }: Part): string => (tongue ? `${field}.${tongue}` : field);

type Value = string | number | readonly string[] | readonly { heading: string; paragraphs: readonly string[] }[] | null;

export function valueOf(document: ExhibitDocument, { field, tongue }: Part): Value {
  if (field === 'hall') return document.hall ?? null;
  return field === 'sources' ? document.sources : document[field][tongue ?? 'en'];
}

/** A copy of `to` with this part of `from`. */
export function withPart(to: ExhibitDocument, { field, tongue }: Part, from: ExhibitDocument): ExhibitDocument {
  if (tongue === null) return { ...to, [field]: from[field] };
  return { ...to, [field]: { ...(to[field] as object), [tongue]: valueOf(from, { field, tongue }) } };
}

export const isSame = (one: ExhibitDocument, other: ExhibitDocument, part: Part): boolean => JSON.stringify(valueOf(one, part)) === JSON.stringify(valueOf(other, part));

export const differences = (one: ExhibitDocument, other: ExhibitDocument): Part[] => parts.filter((part) => !isSame(one, other, part));

/** A part as a curator reads it. */
export function textOf(document: ExhibitDocument, part: Part): string {
  const value = valueOf(document, part);
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return value.map((item) => (typeof item === 'string' ? item : [item.heading, ...item.paragraphs].filter(Boolean).join('\n'))).join(part.field === 'body' ? '\n\n' : '\n');
}

export const nameOf = (words: DeskWords, { field, tongue }: Part): string =>
  tongue ? words.editor.missingPart(words.fields[field], words.languages[tongue]) : words.fields[field];

/** What the server lists as missing (`title.zh`), by name. */
export const missingName = (words: DeskWords, path: string): string => {
  const part = parts.find((p) => pathOf(p) === path);
  return part ? nameOf(words, part) : path;
};
