import type { AskedQuestion, ExhibitDocument, Tongue } from '../api/types';
import { emptyDocument } from '../editor/form';

/** What visitors asked goes into a section of its own, or to the end of the one that is there for it. */
export function withAnswer(document: ExhibitDocument, asked: Pick<AskedQuestion, 'question' | 'language'>, text: string, offer: boolean, headings: Record<Tongue, string>): ExhibitDocument {
  const { language } = asked;
  const heading = headings[language];
  const paragraphs = text.split(/\n\s*\n/).map((p) => p.trim()).filter(Boolean);
  const sections = document.body[language];
  const body = sections.some((s) => s.heading === heading)
    ? sections.map((s) => (s.heading === heading ? { ...s, paragraphs: [...s.paragraphs, ...paragraphs] } : s))
    : [...sections, { heading, paragraphs }];
  const suggested = offer ? [...new Set([...document.suggested[language], asked.question])] : document.suggested[language];
  return { ...document, body: { ...document.body, [language]: body }, suggested: { ...document.suggested, [language]: suggested } };
}

export function newExhibit(title: string, language: Tongue): ExhibitDocument {
  const empty = emptyDocument();
  return { ...empty, title: { ...empty.title, [language]: title } };
}
