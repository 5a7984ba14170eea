export interface DemoGuide {
  url: string;
  /** Everything clients said. */
  received: { type: string; payload: Record<string, unknown> }[];
  /** Breaks every connection, as a lost network does. */
  drop(): void;
  stop(): void;
}
export function start(port?: number, folder?: string): Promise<DemoGuide>;
