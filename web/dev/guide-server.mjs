// A scripted guide for developing the page: see dev/README.md. Not part of the product.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { exhibitsAt } from './exhibits.mjs';
import { ScriptedCall } from './scripted-call.mjs';

/** The museum's own figure, a GLB or VRM file; none: the page's. */
let figure = null;
/** Nobody is answered, as where the network ends. */
let away = false;
const figureAt = '/figure/guide.glb';

let dist = fileURLToPath(new URL('../dist', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json' };

const server = createServer((request, response) => {
  if (away) return request.socket.destroy();
  const url = new URL(request.url, 'http://localhost');
  const path = url.pathname;
  if (path.startsWith('/api/exhibits')) return exhibits(url, response);
  if (path.startsWith('/api/')) return api(path, response);
  if (path === '/page.json') return response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(JSON.stringify(figure ? { figure: figureAt } : {}));
  if (path === figureAt && figure) return response.writeHead(200, { 'content-type': 'model/gltf-binary' }).end(figure);
  // As the gateway does: every address without an ending is the page's own.
  const file = normalize(join(dist, extname(path) === '' ? 'index.html' : path));
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
});

function exhibits(url, response) {
  const found = exhibitsAt(url);
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found ?? { status: 404 }));
}

function api(path, response) {
  const session = `sess_${Math.random().toString(16).slice(2).padEnd(16, '0').slice(0, 16)}`;
  const body = path === '/api/status'
    ? { status: 'ok' }
    : { access_token: 'demo', token_type: 'bearer', expires_in: 600, session_id: session, refresh_token: 'demo-refresh' };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const sockets = new WebSocketServer({ server, handleProtocols: () => 'museum' });
sockets.on('connection', (socket) => new ScriptedCall(socket));

const drop = () => sockets.clients.forEach((socket) => socket.terminate());

/** Starts the demo, before the page in `folder`; resolves to its address and a way to end it. */
export function start(port = 0, folder = dist) {
  dist = folder;
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({
      received: ScriptedCall.received,
      url: `http://127.0.0.1:${server.address().port}`,
      drop,
      show: (file) => { figure = file; },
      leave: (gone) => { away = gone; },
      stop: () => {
        drop();
        server.close();
      },
    }));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await start(Number(process.argv[2] ?? 8010));
  console.log(`The demo guide is at ${url}`);
}
