export interface DemoGuide {
  url: string;
  /** Everything clients said. */
  received: { type: string; payload: Record<string, unknown> }[];
  /** Breaks every connection, as a lost network does. */
  drop(): void;
  /** The museum has this file for its own figure from now on; null: none. */
  show(figure: Uint8Array | null): void;
  /** From now on no request is answered, or all are again. */
  leave(gone: boolean): void;
  stop(): void;
}
export function start(port?: number, folder?: string): Promise<DemoGuide>;
