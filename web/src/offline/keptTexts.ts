import type { ExhibitText } from './exhibitText';

/** Where exhibit texts are kept, so that they can be read without a network. */
export interface KeptTexts {
  get(language: string, id: string): Promise<ExhibitText | null>;
  all(language: string): Promise<readonly ExhibitText[]>;
  /** The version of the content that is kept; null: nothing is. */
  version(language: string): Promise<string | null>;
  /** Puts these in the place of everything kept in that language. */
  replace(language: string, version: string, texts: readonly ExhibitText[]): Promise<void>;
}

const versionKey = (language: string) => `version/${language}`;
const textKey = (language: string, id: string) => `text/${language}/${id}`;

/** In this browser's database; one that has none, or refuses, keeps them as long as the page lives. */
export function keepTexts(database: IDBFactory | undefined = globalThis.indexedDB): KeptTexts {
  const store = database ? open(database).catch(() => null) : Promise.resolve(null);
  const spare = new Map<string, unknown>();

  async function read<T>(key: string): Promise<T | null> {
    const db = await store;
    if (!db) return (spare.get(key) as T | undefined) ?? null;
    return ((await done(db.transaction('kept').objectStore('kept').get(key))) as T | undefined) ?? null;
  }

  async function all(language: string): Promise<readonly ExhibitText[]> {
    const db = await store;
    const prefix = textKey(language, '');
    if (!db) return [...spare].filter(([key]) => key.startsWith(prefix)).map(([, text]) => text as ExhibitText);
    return done(db.transaction('kept').objectStore('kept').getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)) as IDBRequest<ExhibitText[]>);
  }

  async function replace(language: string, version: string, texts: readonly ExhibitText[]): Promise<void> {
    const entries: [string, unknown][] = [...texts.map((text): [string, unknown] => [textKey(language, text.id), text]), [versionKey(language), version]];
    const db = await store;
    if (!db) {
      for (const key of [...spare.keys()].filter((key) => key.startsWith(textKey(language, '')))) spare.delete(key);
      for (const [key, value] of entries) spare.set(key, value);
      return;
    }
    // One transaction: a page that is closed midway leaves the old texts whole.
    const change = db.transaction('kept', 'readwrite');
    const kept = change.objectStore('kept');
    const prefix = textKey(language, '');
    kept.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`));
    for (const [key, value] of entries) kept.put(value, key);
    await new Promise<void>((resolve, reject) => {
      change.oncomplete = () => resolve();
      change.onabort = () => reject(change.error ?? new Error('The texts could not be kept'));
    });
  }

  return { get: (language, id) => read(textKey(language, id)), all, version: (language) => read(versionKey(language)), replace };
}

function open(database: IDBFactory): Promise<IDBDatabase> {
  const request = database.open('museum-texts', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('kept');
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The database does not answer'));
  });
}
