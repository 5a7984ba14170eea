import { computed, readonly, ref } from 'vue';
import { useWebSocketConnection } from '../connection/useWebSocketConnection';
import { useWatchdog } from '../connection/useWatchdog';
import { encode, type ClientMessageType, type ClientPayload } from '../protocol/clientMessages';
import { parseServerMessage, type ServerMessage } from '../protocol/serverMessages';
import type { GuideLink, GuideLinkOptions } from './guideLink';
import { registration } from './registration';
import { createResumePoint } from './resumePoint';
import { createSoundFrames } from './soundFrames';

const replacedCode = 4001;
const policyViolation = 1008;
const mostRefusals = 2;
const usualWaitMs = 5000;
// Two heartbeats (30 s) and a little: by then the server has given us up as well.
const silenceMs = 75_000;

/** protocol.md's opening, resuming, acknowledging and heartbeat, on a connection. */
export function useGuideLink(options: GuideLinkOptions): GuideLink {
  const registered = ref(false);
  const replaced = ref(false);
  const refusals = ref(0);
  const refused = computed(() => refusals.value > mostRefusals);
  const point = createResumePoint();
  let sessionId: string | null = null;
  let knocked = false;
  let resumed = false;
  const watchdog = useWatchdog(silenceMs, () => leave(0));
  const sound = createSoundFrames((piece, pcm) => {
    point.heard(piece);
    options.onSound(piece, pcm);
  });

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
    isFinal: (code) => code === replacedCode || refused.value,
    ...(options.backoff ? { backoff: options.backoff } : {}),
  });

  function send<T extends ClientMessageType>(type: T, payload: ClientPayload<T>): boolean {
    return connection.send(encode(type, payload, sessionId));
  }

  function register(): void {
    replaced.value = false;
    sound.reset();
    resumed = false;
    send('REGISTER', registration(options.wishes(), point.resume));
    watchdog.alive();
  }

  function receive(data: string | ArrayBuffer): void {
    watchdog.alive();
    if (typeof data !== 'string') return sound.frame(data);
    const message = parseServerMessage(data);
    if (!message) return;
    take(message);
    try {
      options.onMessage(message);
    } catch (failure) {
      reportError(failure); // One message that nobody understands must not cost those after it.
    }
    const { seq } = message.payload as { seq?: number };
    if (seq !== undefined && point.remember(seq)) send('ACK', { last_seq: seq });
  }

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'REGISTER_ACK':
        sessionId = message.payload.session_id;
        resumed = message.payload.resumed === true;
        point.registered(message.payload);
        refusals.value = 0;
        registered.value = true;
        break;
      case 'AUDIO_META':
        sound.announce(message.payload);
        break;
      case 'HEARTBEAT':
        send('HEARTBEAT_REPLY', { client_status: 'READY' });
        break;
      case 'ERROR':
        if (message.payload.error_code === 'AUTH_FAILED' || message.payload.error_code === 'SESSION_INVALID') refuse();
        else if (!registered.value && message.payload.error_code === 'SERVER_BUSY') leave(message.payload.retry_after_ms ?? usualWaitMs);
        break;
      case 'SHUTDOWN':
        if (message.payload.reason === 'REPLACED') replaced.value = true;
        else if (message.payload.reconnect_after_ms !== undefined) leave(message.payload.reconnect_after_ms);
        else reregister(); // A call that nobody spoke in, or that lasted too long, is over; a new one may begin.
        break;
    }
  }

  function refuse(): void {
    refusals.value += 1;
    point.forget();
    options.pass.forget();
    if (!refused.value) leave(0);
  }

  function startAnew(): void {
    options.pass.forget();
    comeAnew();
  }

  function leave(afterMs: number): void {
    registered.value = false;
    watchdog.rest();
    connection.reconnect(afterMs);
  }

  function lost(code: number, opened: boolean): void {
    registered.value = false;
    watchdog.rest();
    if (code === replacedCode) replaced.value = true;
    else if (code === policyViolation) refuse();
    // A browser does not say why a handshake failed; perhaps the token did.
    else if (!opened && knocked) options.pass.verify().catch(() => undefined);
  }

  function sendSound(frame: ArrayBuffer): boolean {
    return registered.value && connection.send(frame);
  }

  function reregister(): void {
    // Who has not been let in yet says it all when the door opens.
    if (connection.connectionState.value === 'connecting') point.forget();
    else comeAnew();
  }

  function comeAnew(): void {
    point.forget();
    if (connection.connectionState.value === 'disconnected') return;
    registered.value = false;
    watchdog.rest();
    connection.disconnect();
    void connection.connect();
  }

  return { connection, registered: readonly(registered), replaced: readonly(replaced), refused, resumed: () => resumed, send, sendSound, reregister, startAnew };
}
