import { CanvasTexture, SRGBColorSpace, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { celadon, collarBisque } from './glazes';
import { smooth, surface, towards, turned } from './mesh';

/** Body, in the guide's units: the plinth's top is 0, y up. */
export const shoulderY = 254;
export const neckY = 276;
/** The robe is not as deep as it is wide. */
const deep = 0.84;
const lip = '#7A4E34';

/** Half its width at heights from the neck to the foot: a bell, its glaze lip at the hem. */
const bell: readonly (readonly [number, number])[] = [
  [26, 262], [46, 257], [59, 248], [68, 235], [75.5, 216], [82, 192], [88, 162], [94, 126],
  [99.5, 90], [104, 60], [107.6, 36], [110, 20], [111.6, 13], [112.4, 9], [112, 3.5], [109.5, 0.6], [103, 0],
];

/** The robe on its lathe: glaze that pools towards the hem, an iron-brown lip where it has run thin. */
export function robeGeometry(): BufferGeometry {
  return turned(bell, 34, deep, (_, __, [x, y, z]) => {
    const pool = 0.16 * smooth(210, 120, y) + 0.6 * smooth(130, 22, y);
    const bare = smooth(17, 12, y);
    // The collar and the arms keep some light off it.
    const under = 0.55 * smooth(222, 252, y) + 0.18 * smooth(-20, 100, x) * smooth(60, 200, y) * (z > 0 ? 1 : 0);
    return towards(celadon.base, celadon.deep, pool * (1 - bare)).multiply(towards(celadon.base, celadon.shade, under))
      .multiply(towards(celadon.base, lip, bare));
  });
}

/** What the glaze carries: one seam in front, and the fine crackle of celadon. */
export function robeTexture(): CanvasTexture {
  const [width, height] = [1024, 512];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    const middle = width * 0.506;
    context.lineCap = 'round';
    for (const [x, line, style] of [[middle + 2.4, 2.6, 'rgb(255 255 255 / 1)'], [middle, 2.2, 'rgb(108 138 124 / .8)']] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.beginPath();
      context.moveTo(x - 2, 40);
      context.bezierCurveTo(x - 3, 180, x + 2, 330, x + 1, height * 0.86);
      context.stroke();
    }
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;
}

/** Two soft rolls of bisque about the neck, and the neck itself. */
export function collarGeometry(): BufferGeometry {
  const roll = (radius: number, tube: number, y: number, droop: number, rows: number) => surface({
    columns: 32, rows, closed: true,
    point: (u, v) => {
      const [around, about] = [(u * 2 - 1) * Math.PI, (0.15 - v) * 2 * Math.PI];
      const r = radius + tube * Math.cos(about);
      // It hangs lower in front, as cloth does.
      const low = droop * (0.5 + 0.5 * Math.cos(around));
      return [r * Math.sin(around), y + tube * 0.86 * Math.sin(about) - low, r * 0.86 * Math.cos(around)];
    },
    tint: (_, v) => towards(collarBisque.base, collarBisque.deep, 0.5 * smooth(0.3, 0.62, v) * smooth(0.95, 0.7, v)),
  });
  const neck = turned([[25, 318], [23.5, 300], [24.5, 286], [30, 262]], 16, 0.95, () => towards(collarBisque.base, '#C99F86', 0.95));
  return mergeGeometries([roll(42, 17, 258, 8, 12), roll(36, 11, 272, 4, 9), neck]);
}
