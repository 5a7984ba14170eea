import type { Word } from '../i18n/words';

export interface HelpFacts {
  microphone: 'refused' | 'missing' | string;
  userAgent: string;
  /** Browsers give the microphone only to pages that came over TLS, or from the same machine. */
  secure: boolean;
}

/** How to undo a refused microphone, in the words of the browser at hand. */
export function microphoneHelp({ microphone, userAgent, secure }: HelpFacts): Word {
  if (!secure) return 'undoInsecure';
  if (microphone === 'missing') return 'undoPlugIn';
  if (/iPhone|iPad/.test(userAgent)) return 'undoIos';
  if (/Firefox\//.test(userAgent)) return 'undoFirefox';
  return /Safari\//.test(userAgent) && !/Chrom/.test(userAgent) ? 'undoSafari' : 'undoChromium';
}
