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
