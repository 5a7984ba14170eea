import type { components } from '../../api/generated';

/** What the curators' API sends and takes (docs/curators.md): the types of the gateway's document, more exact where the desk relies on more than a document can say. */
type Schemas = components['schemas'];

/** `T` with what is known better of some of its fields. A field that the API has no more, or has otherwise, does not compile. */
type Exact<T, Known extends { [Field in keyof Known]: Field extends keyof T ? T[Field] : never }> = Omit<T, keyof Known> & Known;

export type Tongue = 'en' | 'zh';
export const tongues: readonly Tongue[] = ['en', 'zh'];
export type Both<T> = Record<Tongue, T>;

export type Section = Schemas['Section'];

/** An exhibit as it is written: every field is there, and anything may still be empty. */
export type ExhibitDocument = Exact<Schemas['ExhibitDocument'], {
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
}>;

export type State = 'draft' | 'review' | 'live';
export const states: readonly State[] = ['draft', 'review', 'live'];

/** `is_live`: visitors hear of it, perhaps in an earlier form. `missing`: paths, as `title.zh`. */
export type ExhibitLine = Exact<Schemas['ExhibitLine'], { title: Both<string>; state: State }>;
export type ExhibitList = Exact<Schemas['ExhibitList'], { exhibits: ExhibitLine[] }>;
export type ExhibitView = Exact<Schemas['ExhibitView'], { state: State; live?: ExhibitDocument | null; draft?: ExhibitDocument | null }>;
export type ExhibitVersion = Exact<Schemas['ExhibitVersion'], { document: ExhibitDocument }>;

export type Hall = Exact<Schemas['Hall'], { name: Both<string> }>;
/** Revision 0 is what the file says. */
export type Halls = Exact<Schemas['HallsView'], { halls: Hall[] }>;

export type PreviewAnswer = Pick<Schemas['ProcessResponse'], 'answer' | 'grounded' | 'sources' | 'suggestions'>;

export type ImportStatus = 'waiting' | 'processing' | 'completed' | 'failed' | 'cancelled';
export const outcomes = ['created', 'updated', 'unchanged', 'failed'] as const;
export type RowOutcome = (typeof outcomes)[number];
type Counted = 'processed' | 'created' | 'updated' | 'unchanged' | 'faulty';
export type ImportTask = Exact<Schemas['ImportTask'], { status: ImportStatus; as: 'draft' | 'live' } & Record<Counted, number>>;
export type RowReport = Exact<Schemas['RowReport'], { outcome: RowOutcome }>;

export type Counts = Required<Schemas['Counts']>;
export type Analytics = Exact<Schemas['AnalyticsView'], {
  total: Counts;
  days: Exact<Schemas['DayCount'], { counts: Counts }>[];
  languages: Exact<Schemas['LanguageCount'], { counts: Counts }>[];
}>;
export type AskedQuestion = Exact<Schemas['AskedQuestion'], { language: Tongue }>;
export type RatedAnswer = Schemas['RatedAnswer'];
