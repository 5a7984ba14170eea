import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { AskedQuestion, ExhibitDocument, ExhibitView, Halls, ImportTask } from '../../src/desk/api/types';
import { emptyDocument } from '../../src/desk/editor/form';

/** A museum of one room in memory: it keeps the curators' rules that the desk lives by (revisions, states, sessions), and no others. */
export class Museum {
  readonly exhibits = new Map<string, ExhibitView>();
  unanswered: AskedQuestion[] = [];
  halls: Halls = { revision: 0, updated_by: 'content', halls: [{ number: 5, name: { en: 'Vases', zh: '瓶' } }] };
  /** How far the import is that runs; it goes on at every look. */
  import: ImportTask | null = null;
  /** Seconds that an access token is good for. */
  expiresIn = 600;
  /** The end of an address that is too busy to answer. */
  busy: string | null = null;
  readonly renewals: string[] = [];
  private readonly sessions = new Set<string>();
  private issued = 0;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly folder: string | null) {}

  static async open(folder: string | null = null): Promise<Museum> {
    const museum = new Museum(folder);
    await new Promise<void>((resolve) => { museum.server.listen(0, '127.0.0.1', resolve); });
    return museum;
  }

  get url(): string { return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`; }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  endSessions(): void { this.sessions.clear(); }

  add(id: string, document: Partial<ExhibitDocument>, state: 'draft' | 'live' = 'live'): void {
    this.write(id, { [state]: { ...emptyDocument(), ...document } }, 'ana');
  }

  /** What another curator does meanwhile. */
  write(id: string, change: Partial<ExhibitView>, by: string): ExhibitView {
    const old = this.exhibits.get(id);
    const view = { live: null, draft: null, versions: 0, ...old, ...change, id, revision: (old?.revision ?? 0) + 1, file_differs: false, updated_at: new Date().toISOString(), updated_by: by } as ExhibitView;
    const shown = view.draft ?? view.live ?? emptyDocument();
    view.state = change.state ?? (view.draft ? 'draft' : 'live');
    view.missing = (['en', 'zh'] as const).flatMap((t) => [...(shown.title[t] ? [] : [`title.${t}`]), ...(shown.body[t].length > 0 ? [] : [`body.${t}`])]);
    view.can_go_live = (['en', 'zh'] as const).some((t) => shown.title[t] !== '' && shown.body[t].length > 0);
    this.exhibits.set(id, view);
    return view;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://museum');
    if (!url.pathname.startsWith('/api/')) return this.file(url.pathname, response);
    const body = await text(request);
    const [status, value] = this.call(`${request.method ?? 'GET'} ${url.pathname}`, request, url, body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {});
    response.writeHead(status, { 'content-type': 'application/json' }).end(value === undefined ? undefined : JSON.stringify(value));
  }

  private file(path: string, response: ServerResponse): void {
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
    const file = join(this.folder ?? '', extname(path) === '' ? 'index.html' : path);
    if (!this.folder || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  }

  private issue(session: string): [number, unknown] {
    this.issued++;
    return [200, { access_token: `${session}.${String(this.issued)}`, refresh_token: `refresh.${session}.${String(this.issued)}`, expires_in: this.expiresIn, session_id: session }];
  }

  private call(what: string, request: IncomingMessage, url: URL, body: Record<string, unknown>): [number, unknown?] {
    if (what === 'POST /api/auth/login') {
      if (body['password'] !== 'correct horse') return [401, { code: 'credentials_invalid' }];
      const session = `${String(body['account'])}-${String(++this.issued)}`;
      this.sessions.add(session);
      return this.issue(session);
    }
    if (what === 'POST /api/auth/token') {
      const session = String(body['refresh_token']).split('.')[1] ?? '';
      this.renewals.push(session);
      return this.sessions.has(session) ? this.issue(session) : [401, { code: 'session_ended' }];
    }
    const session = (request.headers.authorization ?? '').replace('Bearer ', '').split('.')[0] ?? '';
    if (!this.sessions.has(session)) return [401, { code: 'unauthenticated' }];
    const account = session.replace(/-\d+$/, '');
    if (what === 'GET /api/auth/me') return [200, { roles: account === 'guest' ? ['visitor'] : ['visitor', 'curator'] }];
    if (what.startsWith('DELETE /api/session/')) {
      this.sessions.delete(session);
      return [204];
    }
    if (this.busy !== null && url.pathname.endsWith(this.busy)) return [503, { code: 'busy' }];
    return this.desk(what, url, body, account, Number(request.headers['if-match']?.replaceAll('"', '')));
  }

  private desk(what: string, url: URL, body: Record<string, unknown>, account: string, revision: number): [number, unknown?] {
    const none = { answered: 0, refused: 0, talk: 0, mended: 0, good: 0, bad: 0 };
    switch (what) {
      case 'GET /api/curator/exhibits': return [200, this.list(url)];
      case 'GET /api/curator/halls': return [200, this.halls];
      case 'PUT /api/curator/halls':
        if (revision !== this.halls.revision) return [412, { code: 'halls_changed' }];
        this.halls = { halls: body['halls'] as Halls['halls'], revision: revision + 1, updated_by: account };
        return [200, this.halls];
      case 'GET /api/curator/imports': return [200, { imports: this.import ? [this.import] : [] }];
      case 'POST /api/curator/imports':
        this.import = { id: 'i1', status: 'processing', dry_run: url.searchParams.get('dry_run') === 'true', as: 'draft', by: account, total: 2, processed: 0, created: 0, updated: 0, unchanged: 0, faulty: 0, started_at: new Date().toISOString() };
        return [202, this.import];
      case 'GET /api/curator/imports/i1': return [200, this.progress(Number(url.searchParams.get('after')))];
      case 'GET /api/curator/analytics': return [200, { total: none, days: [], languages: [], exhibits: [] }];
      case 'GET /api/curator/analytics/questions': return [200, { questions: this.unanswered }];
      case 'GET /api/curator/analytics/ratings': return [200, { ratings: [] }];
      case 'POST /api/curator/analytics/questions/resolve':
        this.unanswered = this.unanswered.filter((q) => q.question !== body['question']);
        return [204];
      case 'POST /api/curator/exhibits': return [201, this.write(String(body['id'] ?? 'new'), { draft: body['document'] as ExhibitDocument }, account)];
    }
    const [, id = '', step = ''] = /^\/api\/curator\/exhibits\/([^/]+)\/?(.*)$/.exec(url.pathname) ?? [];
    const there = this.exhibits.get(id);
    if (!there) return [404, { code: 'exhibit_unknown' }];
    if (what.startsWith('GET')) return [200, step === 'versions' ? { versions: [] } : there];
    if (step === 'preview') return [200, { answer: `You asked: ${String(body['text'])}`, grounded: true, sources: [{ id, title: 'Blue vase', quote: 'The Blue vase is of 1620.' }], suggestions: [] }];
    if (revision !== there.revision) return [412, { code: 'exhibit_changed' }];
    if (what.startsWith('PUT')) return [200, this.write(id, { draft: body['document'] as ExhibitDocument }, account)];
    if (step === 'submit') return [200, this.write(id, { state: 'review', submitted_by: account }, account)];
    if (step === 'publish') return [200, this.write(id, { live: there.draft ?? null, draft: null, versions: there.versions + 1 }, account)];
    return [404, { code: 'unknown' }];
  }

  private progress(after: number): unknown {
    const task = this.import;
    if (task && task.processed < task.total) this.import = { ...task, processed: task.processed + 1, created: 1, faulty: task.processed, status: task.processed + 1 === task.total ? 'completed' : 'processing' };
    const rows = [{ row: 1, source: 'a.csv:2', id: 'red-vase', outcome: 'created' }, { row: 2, source: 'a.csv:3', id: '', outcome: 'failed', reason: 'No title.' }];
    return { task: this.import, rows: rows.filter((r) => r.row > after && r.row <= (this.import?.processed ?? 0)) };
  }

  private list(url: URL): unknown {
    const [q, state] = [url.searchParams.get('q') ?? '', url.searchParams.get('state')];
    const exhibits = [...this.exhibits.values()].map((view) => ({ ...view, title: (view.draft ?? view.live)?.title, hall: 5, is_live: !!view.live }))
      .filter((line) => (!state || line.state === state) && (line.title?.en ?? '').toLowerCase().includes(q.toLowerCase()));
    return { exhibits, total: exhibits.length, page: 1, size: 50 };
  }
}
