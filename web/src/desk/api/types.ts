/** What the curators' API sends and takes (docs/curators.md). */
export type Tongue = 'en' | 'zh';
export const tongues: readonly Tongue[] = ['en', 'zh'];
export type Both<T> = Record<Tongue, T>;

export interface Section { heading: string; paragraphs: string[] }

/** An exhibit as it is written; anything may still be empty. */
export interface ExhibitDocument {
  hall?: number | null;
  title: Both<string>;
  aliases: Both<string[]>;
  maker: Both<string>;
  date: Both<string>;
  material: Both<string>;
  found: Both<string>;
  home: Both<string>;
  tags: Both<string[]>;
  sources: string[];
  suggested: Both<string[]>;
  body: Both<Section[]>;
  /** Of an SRS client; the desk leaves it as it is. */
  artifact?: unknown;
}

export type State = 'draft' | 'review' | 'live';
export const states: readonly State[] = ['draft', 'review', 'live'];

export interface ExhibitLine {
  id: string;
  revision: number;
  title: Both<string>;
  hall?: number | null;
  state: State;
  /** Visitors hear of it, perhaps in an earlier form. */
  is_live: boolean;
  /** Paths, as `title.zh`. */
  missing: string[];
  file_differs: boolean;
  updated_at: string;
  updated_by: string;
}

export interface ExhibitList { exhibits: ExhibitLine[]; total: number; page: number; size: number }

export interface ExhibitView {
  id: string;
  revision: number;
  state: State;
  live?: ExhibitDocument | null;
  draft?: ExhibitDocument | null;
  missing: string[];
  can_go_live: boolean;
  submitted_by?: string | null;
  note?: string | null;
  versions: number;
  file_differs: boolean;
  updated_at: string;
  updated_by: string;
  published_at?: string | null;
}

export interface ExhibitVersion { number: number; published_at: string; published_by: string; document: ExhibitDocument }

export interface Hall { number: number; name: Both<string> }
/** Revision 0 is what the file says. */
export interface Halls { halls: Hall[]; revision: number; updated_by: string }

export interface PreviewAnswer {
  answer: string;
  grounded: boolean;
  sources: { id: string; title: string; quote: string }[];
  suggestions: string[];
}

export type ImportStatus = 'waiting' | 'processing' | 'completed' | 'failed' | 'cancelled';
export const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const;
export type RowOutcome = (typeof outcomes)[number];

export interface ImportTask {
  id: string;
  status: ImportStatus;
  dry_run: boolean;
  as: 'draft' | 'live';
  by: string;
  total: number;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  faulty: number;
  started_at: string;
  ended_at?: string | null;
}

export interface RowReport { row: number; source: string; id: string; outcome: RowOutcome; reason?: string | null }

export interface Counts { answered: number; refused: number; talk: number; mended: number; good: number; bad: number }
export interface Analytics {
  total: Counts;
  days: { day: string; counts: Counts }[];
  languages: { language: string; counts: Counts }[];
  exhibits: { id: string; asked: number; good: number; bad: number }[];
}
export interface AskedQuestion { question: string; language: Tongue; asked: number; refused: number; last_asked: string }
export interface RatedAnswer { question?: string | null; good: boolean; exhibits: string[]; at: string }
