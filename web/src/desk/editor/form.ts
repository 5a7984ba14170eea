import { tongues, type Both, type ExhibitDocument, type Section } from '../api/types';
import { isSame, parts } from './parts';

/** Fields of one line in each language, in the order of the page. */
export const facts = ['maker', 'date', 'material', 'found', 'home'] as const;
/** Fields of several lines in each language. */
export const lists = ['aliases', 'suggested', 'tags'] as const;

export interface FormSection {
  /** Names the section while it is edited. */
  key: number;
  heading: string;
  /** Paragraphs with an empty line between them. */
  text: string;
}

/** An exhibit as it stands in the editor's fields; lists have an item on each line. */
export interface Form extends Record<(typeof facts)[number] | (typeof lists)[number] | 'title', Both<string>> {
  hall: number | null;
  sources: string;
  body: Both<FormSection[]>;
}

let keys = 0;
export const newSection = (heading = '', text = ''): FormSection => ({ key: keys++, heading, text });

const both = <T>(make: (tongue: 'en' | 'zh') => T): Both<T> => ({ en: make('en'), zh: make('zh') });

export const emptyDocument = (): ExhibitDocument => ({
  title: both(() => ''), aliases: both(() => []), maker: both(() => ''), date: both(() => ''), material: both(() => ''), found: both(() => ''), home: both(() => ''),
  tags: both(() => []), sources: [], suggested: both(() => []), body: both(() => []),
});

export function toForm(document: ExhibitDocument): Form {
  const line = (name: 'title' | (typeof facts)[number]) => ({ ...document[name] });
  const lines = (name: (typeof lists)[number]) => both((t) => document[name][t].join('\n'));
  return {
    hall: document.hall ?? null,
    title: line('title'), maker: line('maker'), date: line('date'), material: line('material'), found: line('found'), home: line('home'),
    aliases: lines('aliases'), suggested: lines('suggested'), tags: lines('tags'),
    sources: document.sources.join('\n'),
    body: both((t) => document.body[t].map((s) => newSection(s.heading, s.paragraphs.join('\n\n')))),
  };
}

const oneLine = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');
const items = (text: string): string[] => [...new Set(text.split('\n').map(oneLine).filter(Boolean))];

const sections = (written: readonly FormSection[]): Section[] =>
  written.map((s) => ({ heading: oneLine(s.heading), paragraphs: s.text.split(/\n\s*\n/).map(oneLine).filter(Boolean) })).filter((s) => s.paragraphs.length > 0);

/** What the fields say, as the server would tidy it, so that equal texts are equal; what has no field stays as it was in `base`. */
export function toDocument(form: Form, base: ExhibitDocument): ExhibitDocument {
  const line = (name: 'title' | (typeof facts)[number]) => both((t) => oneLine(form[name][t]));
  const lines = (name: (typeof lists)[number]) => both((t) => items(form[name][t]));
  return {
    ...(form.hall !== null && { hall: form.hall }),
    title: line('title'), aliases: lines('aliases'), maker: line('maker'), date: line('date'), material: line('material'), found: line('found'), home: line('home'),
    tags: lines('tags'), sources: items(form.sources), suggested: lines('suggested'),
    body: both((t) => sections(form.body[t])),
    ...(base.artifact ? { artifact: base.artifact } : {}),
  };
}

/** Puts a document into fields that somebody may be writing in: a part that says the same already stays as it is written, and sections keep their keys, so that the caret stays where it is. */
export function fill(form: Form, document: ExhibitDocument): void {
  const said = toDocument(form, document);
  const next = toForm(document);
  for (const part of parts) {
    const { field, tongue } = part;
    if (isSame(said, document, part)) continue;
    if (field === 'hall') form.hall = next.hall;
    else if (field === 'sources') form.sources = next.sources;
    else if (field !== 'body') form[field][tongue ?? 'en'] = next[field][tongue ?? 'en'];
    else {
      const there = form.body[tongue ?? 'en'];
      form.body[tongue ?? 'en'] = next.body[tongue ?? 'en'].map((section, at) => ({ ...section, key: there[at]?.key ?? section.key }));
    }
  }
}

/** Whether a heading would be lost: a section without a text is not kept. */
export const headingsAlone = (form: Form): boolean => tongues.some((t) => form.body[t].some((s) => s.heading.trim() !== '' && s.text.trim() === ''));
