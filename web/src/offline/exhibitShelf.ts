import { createApi } from '../api/client';
import type { VisitorPass } from '../auth/visitorPass';
import { titleOf, type ExhibitText } from './exhibitText';
import type { KeptTexts } from './keptTexts';

export interface ExhibitShelf {
  /** From the guide, else what is kept. Null: there is no such exhibit. Throws when nobody knows. */
  read(id: string, language: string): Promise<ExhibitText | null>;
  /** Keeps all texts in a language for times without a network; asks again only what has changed. Throws when it cannot be asked. */
  keepAll(language: string): Promise<void>;
  /** What is kept, by title. */
  kept(language: string): Promise<readonly ExhibitText[]>;
}

const pageSize = 100;
// 2,000 exhibits, some 8 MB: enough for a large museum, and still little on a phone.
const mostPages = 20;
// The tags of the last answers. A kiosk talks all day, and would have every text of the museum in its memory by the evening.
const mostRemembered = 24;

export function createExhibitShelf(pass: VisitorPass, texts: KeptTexts, base = ''): ExhibitShelf {
  const api = createApi(pass, base);
  const remembered = new Map<string, ExhibitText>();

  async function ask(id: string, language: string): Promise<ExhibitText | null> {
    const { data, response } = await api.GET('/api/exhibits/{id}', { params: { path: { id }, query: { language } } });
    if (response.status === 404) return null;
    if (!data) throw new Error(`The text of ${id}: ${String(response.status)}`);
    return data;
  }

  async function read(id: string, language: string): Promise<ExhibitText | null> {
    const key = `${language}/${id}`;
    const known = remembered.get(key);
    if (known) return remember(key, known);
    const text = await ask(id, language).catch(async (failure: unknown) => {
      const kept = await texts.get(language, id);
      if (!kept) throw failure;
      return kept;
    });
    return text && remember(key, text);
  }

  function remember(key: string, text: ExhibitText): ExhibitText {
    remembered.delete(key); // What is read again is the newest again.
    remembered.set(key, text);
    const oldest = remembered.keys().next();
    if (remembered.size > mostRemembered && !oldest.done) remembered.delete(oldest.value);
    return text;
  }

  async function keepAll(language: string): Promise<void> {
    const known = await texts.version(language);
    const all: ExhibitText[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const { data, response } = await api.GET('/api/exhibits', { params: { query: { language, size: pageSize, page } } });
      if (!data) throw new Error(`The texts: ${String(response.status)}`);
      const { version, exhibits, total } = data;
      if (version === known) return;
      all.push(...exhibits);
      if (all.length >= total || exhibits.length === 0) return texts.replace(language, version, all);
    }
    return texts.replace(language, 'in part', all);
  }

  async function kept(language: string): Promise<readonly ExhibitText[]> {
    const all = await texts.all(language);
    return [...all].sort((a, b) => titleOf(a, language).localeCompare(titleOf(b, language), language));
  }

  return { read, keepAll, kept };
}
