import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createCuratorApi, type CuratorApi } from '../../src/desk/api/curatorApi';
import { emptyDocument } from '../../src/desk/editor/form';

interface Document { paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>> }

/** Every call that the desk can make, once. */
const calls: Record<keyof CuratorApi, (api: CuratorApi) => Promise<unknown>> = {
  list: (api) => api.list({ state: 'draft', missing: 'zh', q: 'vase', hall: 5, page: 2, size: 50 }),
  find: (api) => api.find('vase'),
  create: (api) => api.create('vase', emptyDocument()),
  save: (api) => api.save('vase', 1, emptyDocument()),
  remove: (api) => api.remove('vase', 1),
  submit: (api) => api.submit('vase', 1),
  sendBack: (api) => api.sendBack('vase', 1, 'Which kiln?'),
  publish: (api) => api.publish('vase', 1),
  withdraw: (api) => api.withdraw('vase', 1),
  discard: (api) => api.discard('vase', 1),
  versions: (api) => api.versions('vase'),
  restore: (api) => api.restore('vase', 3, 1),
  preview: (api) => api.preview('vase', 'How old is it?', 'en'),
  halls: (api) => api.halls(),
  saveHalls: (api) => api.saveHalls(1, []),
  beginImport: (api) => api.beginImport([], { as: 'draft', dry_run: true, overwrite: false }),
  imports: (api) => api.imports(),
  importReport: (api) => api.importReport('i1', 0),
  cancelImport: (api) => api.cancelImport('i1'),
  export: (api) => api.export('csv', 'live'),
  analytics: (api) => api.analytics(7),
  questions: (api) => api.questions(7, 'refused'),
  resolve: (api) => api.resolve('How heavy?', 'en'),
  ratings: (api) => api.ratings(7, false),
};

// The document is held against the services by their own tests (./museum schemas), the types of what is sent and taken by the compiler.
test.each(Object.keys(calls) as (keyof CuratorApi)[])('The desk’s call `%s` is one of the API’s, with parameters that it has', async (name) => {
  const { paths } = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8')) as Document;
  let asked = '';
  const api = createCuratorApi((path, { method = 'GET' } = {}) => {
    asked = `${method} /api/curator/${path}`;
    return Promise.resolve(new Response('{}'));
  });
  await calls[name](api);

  const [method = '', address = ''] = asked.split(' ');
  const { pathname, searchParams } = new URL(address, 'http://museum');
  const known = Object.keys(paths).find((path) => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(pathname));
  const operation = paths[known ?? '']?.[method.toLowerCase()];
  expect(operation, asked).toBeDefined();
  expect(operation?.parameters?.filter((p) => p.in === 'query').map((p) => p.name)).toEqual(expect.arrayContaining([...searchParams.keys()]));
});
