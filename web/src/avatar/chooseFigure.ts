import { ClewFigure } from './clew/ClewFigure';
import type { Figure } from './figure';

const deadlineMs = 5000;

/** The museum's own figure, where there is one that can be shown; else the guide's. */
export async function chooseFigure(signal: AbortSignal): Promise<Figure> {
  const url = await figureOfTheMuseum(signal);
  if (url === null) return new ClewFigure();
  try {
    // Who has no figure of their own loads nothing for it.
    const { loadModel } = await import('./model/loadModel');
    return await loadModel(url, signal);
  } catch (reason) {
    // For whoever put it there; a visitor sees a guide.
    if (!signal.aborted) reportError(new Error(`The museum’s figure ${url} cannot be shown, the page’s own is: ${reason instanceof Error ? reason.message : String(reason)}`, { cause: reason }));
    return new ClewFigure();
  }
}

/** What the gateway's `Gateway:Figure` is served as; null without one, and where the network is away. */
async function figureOfTheMuseum(signal: AbortSignal): Promise<string | null> {
  try {
    const answer = await fetch('/page.json', { signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]) });
    const settings = (answer.ok ? await answer.json() : null) as { figure?: unknown } | null;
    return typeof settings?.figure === 'string' ? settings.figure : null;
  } catch {
    return null;
  }
}
