/** What the server refused, or that it could not be reached (status 0, code `unreachable`). */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string) {
    super(detail);
  }

  /** Of an answer that is not ok: problem details, or whatever else it is. */
  static async of(answer: Response): Promise<Problem> {
    try {
      const { code, detail, title } = (await answer.json()) as { code?: string; detail?: string; title?: string };
      return new Problem(answer.status, code ?? 'unknown', detail ?? title ?? answer.statusText);
    } catch {
      return new Problem(answer.status, 'unknown', answer.statusText);
    }
  }
}

/** What was thrown, as a problem; a fault of our own stays one. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return new Problem(0, 'unreachable', error.message);
  throw error;
}
