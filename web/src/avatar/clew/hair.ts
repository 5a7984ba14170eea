import type { BufferGeometry } from 'three';
import { smooth, surface, towards } from './mesh';
import { eggPoint, hairlineAt, partingAround } from './skull';
import { tenmoku } from './glazes';

const volume = { crown: 13, edge: 6.5 };
/** Where the cap's edge begins to roll under. */
const roll = 0.86;

/** One cap of hair, parted at the guide's left; its rolled edge lies on the forehead. */
export function hairGeometry(): BufferGeometry {
  return surface({
    columns: 52, rows: 13, closed: true,
    point: (u, v) => {
      const around = aroundAt(u);
      // Rows are closer towards the edge, where the form is.
      const t = 1 - (1 - v) ** 1.35;
      const end = hairlineAt(around);
      const thick = volume.crown + (volume.edge - volume.crown) * t ** 1.4;
      const edge = t < roll ? 1 : Math.sqrt(Math.max(0, 1 - ((t - roll) / (1 - roll)) ** 2));
      const groove = parting(around, t);
      const wave = 0.5 * Math.sin(around * 19 + t * 4) * smooth(0.2, 0.7, t) * edge;
      return eggPoint(around, end * t, (thick - 4.6 * groove + wave) * edge - 1.6 * (1 - edge));
    },
    tint: (u, v) => {
      const around = aroundAt(u);
      const strand = 0.5 + 0.5 * Math.sin(around * 38 + Math.sin(around * 7) * 3);
      const edge = smooth(0.86, 1, v);
      return towards(tenmoku.base, tenmoku.deep, 0.75 * parting(around, v) + 0.22 * strand * smooth(0.1, 0.4, v) + 0.45 * edge);
    },
  });
}

/** Columns are closer in front. */
function aroundAt(u: number): number {
  const w = u * 2 - 1;
  return Math.PI * (0.5 * w + 0.5 * w ** 3);
}

const parting = (around: number, t: number) => Math.exp(-(((around - partingAround) / 0.05) ** 2)) * smooth(0, 0.35, t);
