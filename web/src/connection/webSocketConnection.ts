import type { Ref } from 'vue';
import type { Backoff } from './backoff';

export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'error';

export interface ConnectionOptions {
  /** Asked before every attempt. */
  url: () => string;
  /** Asked before every attempt, since a token may have been renewed; what it throws makes the attempt fail. */
  protocols?: () => Promise<string[]>;
  onOpen?: () => void;
  onMessage?: (data: string | ArrayBuffer) => void;
  /** An attempt failed (`opened` false), or an open connection was lost. */
  onLost?: (code: number, opened: boolean) => void;
  /** Close codes after which knocking again is of no use. */
  isFinal?: (code: number) => boolean;
  /** For what is asked before an attempt, and again for the attempt. */
  connectTimeoutMs?: number;
  backoff?: Backoff;
}

export interface WebSocketConnection {
  /** True once open, false when this attempt failed; further attempts follow by themselves. Never throws. */
  connect(): Promise<boolean>;
  disconnect(): void;
  /** False when there is no open connection to send on. */
  send(data: string | ArrayBuffer): boolean;
  /** Gives the present connection up and knocks again after `afterMs`. */
  reconnect(afterMs?: number): void;
  connectionState: Readonly<Ref<ConnectionState>>;
  lastError: Readonly<Ref<string | null>>;
  /** Attempts since the connection was last open. */
  reconnectAttempts: Readonly<Ref<number>>;
}
