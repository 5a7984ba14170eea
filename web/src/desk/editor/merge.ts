import type { ExhibitDocument } from '../api/types';
import { isSame, parts, withPart, type Part } from './parts';

export interface Merge {
  /** Mine, with everything that only they changed. */
  document: ExhibitDocument;
  /** What both changed, each otherwise; mine stands in the document until the curator chooses. */
  conflicts: Part[];
}

/** Two curators' changes of one text, put together part by part. */
export function merge(base: ExhibitDocument, mine: ExhibitDocument, theirs: ExhibitDocument): Merge {
  let document = mine;
  const conflicts: Part[] = [];
  for (const part of parts) {
    if (isSame(base, theirs, part) || isSame(mine, theirs, part)) continue;
    if (isSame(base, mine, part)) document = withPart(document, part, theirs);
    else conflicts.push(part);
  }
  return { document, conflicts };
}
