import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

export interface Received {
  msg_type: string;
  session_id: string | null;
  payload: Record<string, unknown>;
}

/** A real server in this process that says what a test tells it to, by the client protocol. */
export class GuideServer {
  readonly received: Received[] = [];
  readonly protocols: string[] = [];
  /** How clients closed. */
  readonly goodbyes: [code: number, reason: string][] = [];
  /** Says that a broken connection may be continued. */
  resumes = true;
  /** Has lost what was to be continued. */
  forgets = false;
  /** Lets visitors in. */
  admits = true;
  private constructor(private readonly http: Server, private readonly sockets: WebSocketServer) {}

  static async start(): Promise<GuideServer> {
    const http = createServer();
    const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'museum' });
    const server = new GuideServer(http, sockets);
    sockets.on('connection', (socket, request) => {
      server.protocols.push(request.headers['sec-websocket-protocol'] ?? '');
      socket.on('close', (code, reason) => { server.goodbyes.push([code, reason.toString()]); });
      socket.on('message', (data, isBinary) => {
        if (isBinary) return;
        const message = JSON.parse(String(data as Buffer)) as Received;
        server.received.push(message);
        if (message.msg_type !== 'REGISTER') return;
        if (!server.admits) {
          server.say('ERROR', { error_code: 'SERVER_BUSY', error_msg: '', retryable: true, retry_after_ms: 300 });
          socket.close(1013);
          return;
        }
        server.say('REGISTER_ACK', { session_id: 'sess_1', status: 'SUCCESS', message: '', session_timeout_seconds: 1800, ...(server.resumes ? { resume_token: 'again' } : {}), ...(message.payload['resume'] ? { resumed: server.resumes && !server.forgets } : {}) });
      });
    });
    await new Promise<void>((resolve) => { http.listen(0, '127.0.0.1', resolve); });
    return server;
  }

  get port(): number {
    return (this.http.address() as AddressInfo).port;
  }

  get origin(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `${this.origin}/ws/text/stream`;
  }

  get open(): ServerSocket[] {
    return [...this.sockets.clients].filter((socket) => socket.readyState === socket.OPEN);
  }

  say(msg_type: string, payload: object, binary?: Uint8Array): void {
    for (const socket of this.open) {
      socket.send(JSON.stringify({ version: '1.0', msg_type, session_id: 'sess_1', payload, timestamp: 0 }));
      if (binary) socket.send(binary);
    }
  }

  of(type: string): Received[] {
    return this.received.filter((message) => message.msg_type === type);
  }

  /** Breaks every connection, as a lost network does. */
  drop(): void {
    this.sockets.clients.forEach((socket) => { socket.terminate(); });
  }

  close(code: number): void {
    this.sockets.clients.forEach((socket) => { socket.close(code); });
  }

  stop(): Promise<void> {
    this.drop();
    this.sockets.close();
    return new Promise((resolve) => { this.http.close(() => { resolve(); }); });
  }
}
