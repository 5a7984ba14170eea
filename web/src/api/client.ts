import createClient, { type Client } from 'openapi-fetch';
import type { VisitorPass } from '../auth/visitorPass';
import type { paths } from './generated';

export type Api = Client<paths>;

const deadlineMs = 10_000;

/** The gateway's HTTP API, by the document that it serves: a path or field that is not there does not compile. */
export function createApi(pass: VisitorPass, base = ''): Api {
  const api = createClient<paths>({ baseUrl: base, fetch: (request) => fetch(request, { signal: AbortSignal.timeout(deadlineMs) }) });
  api.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${await pass.token()}`);
      return request;
    },
  });
  return api;
}
