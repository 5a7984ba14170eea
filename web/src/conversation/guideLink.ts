import type { ComputedRef, Ref } from 'vue';
import type { VisitorPass } from '../auth/visitorPass';
import type { Backoff } from '../connection/backoff';
import type { WebSocketConnection } from '../connection/useWebSocketConnection';
import type { ClientMessageType, ClientPayload } from '../protocol/clientMessages';
import type { AudioMeta, ServerMessage } from '../protocol/serverMessages';
import type { Wishes } from './registration';

export interface GuideLinkOptions {
  wishes: () => Wishes;
  url: () => string;
  pass: VisitorPass;
  onMessage: (message: ServerMessage) => void;
  onSound: (meta: AudioMeta, pcm: ArrayBuffer) => void;
  backoff?: Backoff;
}

export interface GuideLink {
  connection: WebSocketConnection;
  /** REGISTER was accepted on the present connection. */
  registered: Readonly<Ref<boolean>>;
  /** The present connection continues the one before: the server repeats what was missed. */
  resumed: () => boolean;
  /** Another window of this visitor took the session over: we do not fight for it. */
  replaced: Readonly<Ref<boolean>>;
  /** The server takes no pass of ours; only the visitor may try again. */
  refused: ComputedRef<boolean>;
  send<T extends ClientMessageType>(type: T, payload: ClientPayload<T>): boolean;
  /** A frame of the microphone, in order; false: nobody is there to hear it. */
  sendSound(frame: ArrayBuffer): boolean;
  /** Leaves, and comes back at once with a new REGISTER (another language). */
  reregister(): void;
  /** Another session: the next visitor's. */
  startAnew(): void;
}
