export interface DemoGuide {
  url: string;
  /** Everything clients said. */
  received: { type: string; payload: Record<string, unknown> }[];
  stop(): void;
}
export function start(port?: number, folder?: string): Promise<DemoGuide>;
