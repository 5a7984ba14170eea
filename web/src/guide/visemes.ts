/** What a mouth does, each 0 to 1: look.md §6. */
export interface MouthShape {
  jaw: number;
  wide: number;
  round: number;
  teeth: number;
  tongue: number;
}

const shape = (jaw: number, wide: number, round: number, teeth: number, tongue: number): MouthShape => ({ jaw, wide, round, teeth, tongue });

/** The fifteen Oculus visemes. */
export const visemes = {
  sil: shape(0.00, 0.50, 0.00, 0.0, 0.0),
  PP: shape(0.00, 0.35, 0.10, 0.0, 0.0),
  FF: shape(0.20, 0.50, 0.00, 0.9, 0.0),
  TH: shape(0.35, 0.50, 0.00, 0.6, 0.9),
  DD: shape(0.35, 0.50, 0.00, 0.6, 0.7),
  kk: shape(0.35, 0.50, 0.00, 0.4, 0.6),
  CH: shape(0.40, 0.20, 0.70, 0.3, 0.0),
  SS: shape(0.20, 0.75, 0.00, 1.0, 0.0),
  nn: shape(0.25, 0.50, 0.00, 0.4, 0.8),
  RR: shape(0.35, 0.25, 0.50, 0.0, 0.5),
  aa: shape(1.00, 0.60, 0.00, 0.6, 0.4),
  E: shape(0.55, 0.80, 0.00, 0.6, 0.4),
  ih: shape(0.40, 0.75, 0.00, 0.7, 0.2),
  oh: shape(0.80, 0.30, 0.70, 0.2, 0.3),
  ou: shape(0.45, 0.10, 1.00, 0.0, 0.0),
} as const satisfies Record<string, MouthShape>;

export type VisemeId = keyof typeof visemes;

export const visemeIds = Object.keys(visemes) as readonly VisemeId[];

export const isViseme = (id: string): id is VisemeId => Object.hasOwn(visemes, id);
