import type { components } from '../api/generated';

/** What a visitor may read of an exhibit, in one language: `GET /api/exhibits`. */
export type ExhibitText = components['schemas']['ExhibitText'];

/** Its name in the language that it is shown in. */
export const titleOf = ({ title }: Pick<ExhibitText, 'title'>, language: string): string =>
  (language === 'zh' ? title.zh || title.en : title.en || title.zh) ?? '';

/** “Vincent van Gogh, June 1889”: who and when, as far as it is known. */
export const madeBy = ({ maker, date, language }: Pick<ExhibitText, 'maker' | 'date' | 'language'>): string =>
  [maker, date].filter(Boolean).join(language === 'zh' ? '，' : ', ');

/** “Vincent van Gogh, June 1889. Oil on canvas”: and of what. */
export function captionOf(text: Pick<ExhibitText, 'maker' | 'date' | 'material' | 'language'>): string {
  const { material, language } = text;
  // What it is of, without its measures: those are in the text.
  const of = material.split(/[,，;；]/)[0]?.trim() ?? '';
  return [madeBy(text), of].filter(Boolean).join(language === 'zh' ? '。' : '. ');
}
