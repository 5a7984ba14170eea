import { readonly, ref, shallowRef, type Ref } from 'vue';
import { useWebSocketConnection, type WebSocketConnection } from '../connection/useWebSocketConnection';
import type { Backoff } from '../connection/backoff';
import type { VisitorPass } from '../auth/visitorPass';
import { encode, features, type ClientMessageType, type ClientPayload, type Resume } from '../protocol/clientMessages';
import { parseServerMessage, type AudioMeta, type ServerMessage } from '../protocol/serverMessages';
import { useResourceManager } from '../resources/useResourceManager';

export interface GuideLinkOptions {
  url: string;
  pass: VisitorPass;
  language: () => string;
  requireTts: () => boolean;
  onMessage: (message: ServerMessage) => void;
  onSound: (meta: AudioMeta, pcm: ArrayBuffer) => void;
  backoff?: Backoff;
}

export interface GuideLink {
  connection: WebSocketConnection;
  /** REGISTER was accepted on the present connection. */
  registered: Readonly<Ref<boolean>>;
  /** Another window of this visitor took the session over: we do not fight for it. */
  replaced: Readonly<Ref<boolean>>;
  send<T extends ClientMessageType>(type: T, payload: ClientPayload<T>): boolean;
  /** Leaves, and comes back at once with a new REGISTER (another language). */
  reregister(): void;
}

const replacedCode = 4001;
const policyViolation = 1008;
const ackEvery = 16;
// Two heartbeats (30 s) and a little: by then the server has given us up as well.
const silenceMs = 75_000;

/** protocol.md's opening, resuming, acknowledging and heartbeat, on a connection. */
export function useGuideLink(options: GuideLinkOptions): GuideLink {
  const registered = ref(false);
  const replaced = ref(false);
  const resume = shallowRef<Resume | null>(null);
  let sessionId: string | null = null;
  let announced: AudioMeta | null = null;
  let unacknowledged = 0;
  let refused = 0;
  let knocked = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const connection = useWebSocketConnection({
    url: options.url,
    protocols: async () => {
      knocked = false;
      const token = await options.pass.token();
      knocked = true;
      return ['museum', `bearer.${token}`];
    },
    onOpen: register,
    onMessage: receive,
    onLost: lost,
    isFinal: (code) => code === replacedCode || refused > 2,
    ...(options.backoff ? { backoff: options.backoff } : {}),
  });

  function send<T extends ClientMessageType>(type: T, payload: ClientPayload<T>): boolean {
    return connection.send(encode(type, payload, sessionId));
  }

  function register(): void {
    replaced.value = false;
    announced = null;
    send('REGISTER', {
      platform: 'WEB', require_tts: options.requireTts(), enable_srs: true, function_calling: [],
      language: options.language(), features, audio: { output: { format: 'pcm16', sample_rate: 16_000 } }, greeting: false,
      ...(resume.value ? { resume: resume.value } : {}),
    });
    listen();
  }

  function receive(data: string | ArrayBuffer): void {
    listen();
    if (typeof data !== 'string') {
      const meta = announced;
      announced = null;
      if (meta) options.onSound(meta, data);
      return;
    }
    const message = parseServerMessage(data);
    if (!message) return;
    take(message);
    options.onMessage(message);
    if ('seq' in message.payload && typeof message.payload.seq === 'number') remember(message.payload.seq);
  }

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'REGISTER_ACK': {
        const { session_id, resume_token } = message.payload;
        sessionId = session_id;
        resume.value = resume_token
          ? { session_id, resume_token, last_seq: resume.value?.session_id === session_id ? resume.value.last_seq : 0 }
          : null;
        refused = 0;
        registered.value = true;
        break;
      }
      case 'AUDIO_META':
        if (message.payload.size > 0) announced = message.payload;
        else options.onSound(message.payload, new ArrayBuffer(0));
        break;
      case 'HEARTBEAT':
        send('HEARTBEAT_REPLY', { client_status: 'READY' });
        break;
      case 'ERROR':
        if (message.payload.error_code === 'AUTH_FAILED' || message.payload.error_code === 'SESSION_INVALID') startAnew();
        break;
      case 'SHUTDOWN':
        if (message.payload.reason === 'REPLACED') replaced.value = true;
        else if (message.payload.reconnect_after_ms !== undefined) leave(message.payload.reconnect_after_ms);
        break;
    }
  }

  // Not the maximum: a server that could not resume counts from the beginning again.
  function remember(seq: number): void {
    if (resume.value) resume.value = { ...resume.value, last_seq: seq };
    unacknowledged += 1;
    if (unacknowledged < ackEvery) return;
    unacknowledged = 0;
    send('ACK', { last_seq: seq });
  }

  function startAnew(): void {
    resume.value = null;
    refused += 1;
    options.pass.forget();
    if (refused > 2) return;
    leave(0);
  }

  function leave(afterMs: number): void {
    registered.value = false;
    clearTimeout(watchdog);
    connection.reconnect(afterMs);
  }

  function lost(code: number, opened: boolean): void {
    registered.value = false;
    clearTimeout(watchdog);
    if (code === replacedCode) replaced.value = true;
    else if (code === policyViolation) startAnew();
    // A browser does not say why a handshake failed; perhaps the token did, so the next attempt brings a new one.
    else if (!opened && knocked) options.pass.renew().catch(() => undefined);
  }

  function listen(): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => leave(0), silenceMs);
  }

  function reregister(): void {
    resume.value = null;
    leave(0);
  }

  useResourceManager().registerResource(() => clearTimeout(watchdog));
  return { connection, registered: readonly(registered), replaced: readonly(replaced), send, reregister };
}
