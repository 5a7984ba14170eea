import { readonly, ref } from 'vue';
import { useResourceManager } from '../resources/useResourceManager';
import { defaultBackoff, delayBefore } from './backoff';
import { inTime } from './inTime';
import type { ConnectionOptions, ConnectionState, WebSocketConnection } from './webSocketConnection';

export type { ConnectionOptions, ConnectionState, WebSocketConnection } from './webSocketConnection';

const noAnswer = 'No answer in time';
const goodbye = { code: 1000, reason: 'Normal closure' };
// A server that hears 1000 forgets who left; this says that the conversation goes on.
const comingBack = { code: 4000, reason: 'Reconnecting' };

/** A WebSocket that comes back by itself. It knows nothing of what is said on it. */
export function useWebSocketConnection(options: ConnectionOptions): WebSocketConnection {
  const connectionState = ref<ConnectionState>('disconnected');
  const lastError = ref<string | null>(null);
  const reconnectAttempts = ref(0);
  let socket: WebSocket | null = null;
  let giveUp: () => void = () => undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const timeoutMs = options.connectTimeoutMs ?? 5000;
  let current = 0; // Numbers the attempts: what an abandoned one still reports is not heard.

  async function connect(): Promise<boolean> {
    abandon(comingBack);
    const attempt = ++current;
    connectionState.value = 'connecting';
    let protocols: string[] = [];
    try {
      const asked = inTime(options.protocols?.(), timeoutMs, noAnswer);
      giveUp = asked.release;
      protocols = (await asked.answer) ?? [];
    } catch (failure) {
      if (attempt === current) lost(1006, false, failure instanceof Error ? failure.message : String(failure));
      return false;
    }
    return attempt === current && open(protocols);
  }

  function open(protocols: string[]): Promise<boolean> {
    const candidate = new WebSocket(options.url(), protocols);
    candidate.binaryType = 'arraybuffer';
    socket = candidate;
    return new Promise((resolve) => {
      let opened = false;
      const fail = (code: number, reason: string) => {
        clearTimeout(timeout);
        resolve(false);
        if (socket !== candidate) return;
        silence(candidate);
        lost(code, opened, reason);
      };
      const timeout = setTimeout(() => {
        candidate.close();
        fail(1006, noAnswer);
      }, timeoutMs);

      giveUp = () => {
        clearTimeout(timeout);
        resolve(false);
      };
      candidate.onopen = () => {
        clearTimeout(timeout);
        opened = true;
        connectionState.value = 'connected';
        reconnectAttempts.value = 0;
        lastError.value = null;
        resolve(true);
        options.onOpen?.();
      };
      candidate.onmessage = (event: MessageEvent<string | ArrayBuffer>) => options.onMessage?.(event.data);
      candidate.onerror = () => { /* The close event that always follows says all there is to say. */ };
      candidate.onclose = (event) => fail(event.code, event.reason || `Closed with ${event.code}`);
    });
  }

  function lost(code: number, opened: boolean, reason: string): void {
    socket = null;
    connectionState.value = 'error';
    lastError.value = reason;
    reconnectAttempts.value += 1;
    options.onLost?.(code, opened);
    // onLost may itself have disconnected or asked for another delay.
    if (connectionState.value !== 'error' || retry !== undefined || options.isFinal?.(code)) return;
    knockAgain(delayBefore(reconnectAttempts.value, options.backoff ?? defaultBackoff));
  }

  function knockAgain(afterMs: number): void {
    clearTimeout(retry);
    retry = setTimeout(() => {
      retry = undefined;
      void connect();
    }, afterMs);
  }

  function abandon({ code, reason }: typeof goodbye): void {
    clearTimeout(retry);
    retry = undefined;
    current += 1;
    const old = socket;
    socket = null;
    giveUp();
    if (!old) return;
    silence(old);
    // One that is still connecting as soon as it is open: closed before, the browser would write an error on the console.
    if (old.readyState === WebSocket.CONNECTING) old.onopen = () => { old.close(code, reason); };
    else old.close(code, reason);
  }

  function disconnect(): void {
    abandon(goodbye);
    reconnectAttempts.value = 0;
    connectionState.value = 'disconnected';
  }

  function reconnect(afterMs = 0): void {
    abandon(comingBack);
    connectionState.value = 'error';
    knockAgain(afterMs);
  }

  function send(data: string | ArrayBuffer): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(data);
    return true;
  }

  useResourceManager().registerResource(disconnect);
  return {
    connect, disconnect, send, reconnect,
    connectionState: readonly(connectionState), lastError: readonly(lastError), reconnectAttempts: readonly(reconnectAttempts),
  };
}

function silence(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.onerror = () => { /* Closing a socket that never opened reports an error that nobody waits for. */ };
}
