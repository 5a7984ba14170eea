export interface Marked {
  before: string;
  marked: string;
  after: string;
}

/** The text cut about the passage; null when it does not say it. Spaces and quotation marks at its ends do not count. */
export function markIn(text: string, passage: string): Marked | null {
  const wanted = passage.trim().replace(/^[“”"'‘’…]+|[“”"'‘’…]+$/gu, '').trim();
  const at = wanted === '' ? -1 : text.indexOf(wanted);
  return at < 0 ? null : { before: text.slice(0, at), marked: wanted, after: text.slice(at + wanted.length) };
}

const single: Readonly<Record<string, string>> = { '“': '‘', '”': '’' };

/** What is itself said in a quotation stands between single marks, for the outer ones are double, in both languages. Nothing gets longer. */
export const quoted = (text: string): string => text.replace(/[“”]/g, (mark) => single[mark] ?? mark);
