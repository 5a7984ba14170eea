import { visemeIds, type VisemeId } from '../../guide/visemes';

/** How much of which shapes makes a viseme. */
export type Recipe = Readonly<Record<string, number>>;

/** A convention for a face's shapes. */
export interface Dialect {
  name: string;
  /** A mouth without these does not speak it. */
  needs: readonly string[];
  mouth: Readonly<Record<VisemeId, Recipe>>;
}

/** A shape for each viseme: the Oculus lip-sync's names (VRChat: `vrc.v_ih`), of which Ready Player Me writes three otherwise (`viseme_I`). */
const oculus: Dialect = {
  name: 'Oculus',
  needs: ['viseme_aa', 'viseme_PP'],
  mouth: {
    ...(Object.fromEntries(visemeIds.map((id) => [id, { [`viseme_${id}`]: 1 }])) as Record<VisemeId, Recipe>),
    ih: { viseme_ih: 1, viseme_I: 1 }, oh: { viseme_oh: 1, viseme_O: 1 }, ou: { viseme_ou: 1, viseme_U: 1 },
  },
};

/** Muscles of the face, Apple's ARKit: visemes are put together from them. What has a left and a right is named once. */
const arkit: Dialect = {
  name: 'ARKit',
  needs: ['jawOpen'],
  mouth: {
    sil: {},
    PP: { mouthPress: 0.5, mouthRollLower: 0.3, mouthRollUpper: 0.3 },
    FF: { jawOpen: 0.06, mouthRollLower: 0.55, mouthUpperUp: 0.3 },
    TH: { jawOpen: 0.18, tongueOut: 0.5, mouthLowerDown: 0.2 },
    DD: { jawOpen: 0.16, mouthUpperUp: 0.15, mouthLowerDown: 0.2 },
    kk: { jawOpen: 0.22, mouthLowerDown: 0.15 },
    CH: { jawOpen: 0.12, mouthFunnel: 0.6, mouthPucker: 0.2 },
    SS: { jawOpen: 0.06, mouthStretch: 0.35, mouthSmile: 0.2, mouthLowerDown: 0.25 },
    nn: { jawOpen: 0.12, mouthUpperUp: 0.1, mouthLowerDown: 0.15 },
    RR: { jawOpen: 0.14, mouthFunnel: 0.35, mouthPucker: 0.3 },
    aa: { jawOpen: 0.65, mouthLowerDown: 0.25, mouthUpperUp: 0.15 },
    E: { jawOpen: 0.35, mouthStretch: 0.35, mouthSmile: 0.25 },
    ih: { jawOpen: 0.22, mouthStretch: 0.2, mouthSmile: 0.35 },
    oh: { jawOpen: 0.45, mouthFunnel: 0.5, mouthPucker: 0.2 },
    ou: { jawOpen: 0.16, mouthFunnel: 0.3, mouthPucker: 0.7 },
  },
};

/** VRM's five vowels; consonants are what of a vowel is seen of them. */
const vrm: Dialect = {
  name: 'VRM',
  needs: ['aa'],
  mouth: {
    sil: {}, PP: {}, FF: { ih: 0.15 }, TH: { ih: 0.25, aa: 0.1 }, DD: { ih: 0.25, aa: 0.1 }, kk: { aa: 0.25 }, CH: { ou: 0.4 }, SS: { ih: 0.35 },
    nn: { ih: 0.2 }, RR: { ou: 0.35 }, aa: { aa: 1 }, E: { ee: 1 }, ih: { ih: 1 }, oh: { oh: 1 }, ou: { ou: 1 },
  },
};

/** The more a dialect can say, the earlier it is asked. */
export const dialects: readonly Dialect[] = [oculus, arkit, vrm];
