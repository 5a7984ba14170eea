import type { Tongue } from '../api/types';

const locales: Record<Tongue, string> = { en: 'en-GB', zh: 'zh-CN' };
const steps: [Intl.RelativeTimeFormatUnit, number][] = [['minute', 60_000], ['hour', 3_600_000], ['day', 86_400_000]];

/** “5 minutes ago”; beyond a week the date. */
export function ago(iso: string, language: Tongue, now = Date.now()): string {
  const then = Date.parse(iso);
  const passed = Math.max(0, now - then);
  if (passed >= 7 * 86_400_000) return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' }).format(then);
  const [unit, length] = steps.findLast(([, ms]) => passed >= ms) ?? ['minute', 60_000];
  return new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(-Math.floor(passed / length), unit);
}

export const dateTime = (iso: string, language: Tongue): string =>
  new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(iso));

/** `2026-11-22` as a short day. */
export const dayOf = (iso: string, language: Tongue): string =>
  new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(iso));
