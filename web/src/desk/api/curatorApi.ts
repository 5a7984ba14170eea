import type { Request } from './request';
import type * as T from './types';

export interface ListQuery { state?: T.State; missing?: T.Tongue; q?: string; hall?: number; page?: number; size?: number }

type Values = Record<string, string | number | boolean | undefined>;

function query(values: Values): string {
  const set = Object.entries(values).filter((entry): entry is [string, string | number | boolean] => entry[1] !== undefined && entry[1] !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set.map(([name, value]) => [name, String(value)])).toString()}`;
}

/** `/api/curator`, call by call. */
export function createCuratorApi(request: Request) {
  const exhibit = (id: string) => `exhibits/${encodeURIComponent(id)}`;
  async function json<R>(answer: Promise<Response>): Promise<R> {
    return (await (await answer).json()) as R;
  }
  const moved = (id: string, step: string, revision: number, body?: object) =>
    json<T.ExhibitView>(request(`${exhibit(id)}/${step}`, { method: 'POST', revision, ...(body && { body }) }));

  return {
    list: (asked: ListQuery, signal?: AbortSignal) => json<T.ExhibitList>(request(`exhibits${query({ ...asked })}`, signal && { signal })),
    find: (id: string) => json<T.ExhibitView>(request(exhibit(id))),
    create: (id: string | undefined, document: T.ExhibitDocument) => json<T.ExhibitView>(request('exhibits', { method: 'POST', body: { id, document } })),
    save: (id: string, revision: number, document: T.ExhibitDocument) => json<T.ExhibitView>(request(exhibit(id), { method: 'PUT', revision, body: { document } })),
    remove: async (id: string, revision: number) => { await request(exhibit(id), { method: 'DELETE', revision }); },
    submit: (id: string, revision: number) => moved(id, 'submit', revision),
    sendBack: (id: string, revision: number, note: string) => moved(id, 'return', revision, { note }),
    publish: (id: string, revision: number) => moved(id, 'publish', revision),
    withdraw: (id: string, revision: number) => moved(id, 'withdraw', revision),
    /** Null: nothing else was there, and the exhibit is gone. */
    discard: async (id: string, revision: number): Promise<T.ExhibitView | null> => {
      const answer = await request(`${exhibit(id)}/discard`, { method: 'POST', revision });
      return answer.status === 204 ? null : ((await answer.json()) as T.ExhibitView);
    },
    versions: async (id: string) => (await json<{ versions: T.ExhibitVersion[] }>(request(`${exhibit(id)}/versions`))).versions,
    restore: (id: string, version: number, revision: number) => moved(id, `versions/${String(version)}/restore`, revision),
    preview: (id: string, text: string, language: T.Tongue, signal?: AbortSignal) =>
      json<T.PreviewAnswer>(request(`${exhibit(id)}/preview`, { method: 'POST', body: { text, language }, ...(signal && { signal }) })),
    halls: () => json<T.Halls>(request('halls')),
    saveHalls: (revision: number, halls: readonly T.Hall[]) => json<T.Halls>(request('halls', { method: 'PUT', revision, body: { halls } })),

    beginImport: (files: readonly File[], options: { as: 'draft' | 'live'; dry_run: boolean; overwrite: boolean }) => {
      const form = new FormData();
      files.forEach((file) => form.append('files', file, file.name));
      return json<T.ImportTask>(request(`imports${query({ ...options })}`, { method: 'POST', body: form }));
    },
    imports: async () => (await json<{ imports: T.ImportTask[] }>(request('imports'))).imports,
    importReport: (id: string, after: number, signal?: AbortSignal) =>
      json<{ task: T.ImportTask; rows: T.RowReport[] }>(request(`imports/${id}${query({ after })}`, signal && { signal })),
    cancelImport: async (id: string) => { await request(`imports/${id}`, { method: 'DELETE' }); },
    export: async (format: string, of: string) => (await request(`export${query({ format, of })}`)).blob(),

    analytics: (days: number) => json<T.Analytics>(request(`analytics${query({ days })}`)),
    questions: async (days: number, outcome?: 'refused') => (await json<{ questions: T.AskedQuestion[] }>(request(`analytics/questions${query({ days, outcome, limit: 100 })}`))).questions,
    resolve: async (question: string, language: T.Tongue) => { await request('analytics/questions/resolve', { method: 'POST', body: { question, language } }); },
    ratings: async (days: number, good?: boolean) => (await json<{ ratings: T.RatedAnswer[] }>(request(`analytics/ratings${query({ days, good, limit: 100 })}`))).ratings,
  };
}

export type CuratorApi = ReturnType<typeof createCuratorApi>;
