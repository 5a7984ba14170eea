import type { Language } from '../i18n/words';

export const letterRows: readonly string[] = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm’?'];

/** How questions go on after the name of an object; in Chinese, where a kiosk has no way to type, they are the keyboard. */
export const questionForms: Record<Language, readonly string[]> = {
  en: ['Who made ', 'How old is ', 'Why is it famous?', 'What is the story of ', 'Where was it found?', 'What is it made of?'],
  zh: ['是谁做的？', '有多少年了？', '为什么有名？', '有什么故事？', '是在哪里发现的？', '是用什么做的？', '有什么含义？', '有什么特别之处？'],
};

/** The text with what was pressed: a name or a form stands apart from the word before it, in English. */
export function typed(text: string, piece: string, language: Language): string {
  const isApart = language === 'en' && piece.length > 1 && text !== '' && !text.endsWith(' ');
  const next = text + (isApart ? ' ' : '') + piece;
  return language === 'en' ? next.charAt(0).toUpperCase() + next.slice(1) : next;
}

/** Without its last letter; in Chinese without its last piece, since that is what was pressed. */
export function shortened(text: string, language: Language, pieces: readonly string[]): string {
  const last = language === 'zh' ? pieces.find((piece) => text.endsWith(piece)) : undefined;
  return text.slice(0, text.length - (last?.length ?? [...text].at(-1)?.length ?? 0));
}
