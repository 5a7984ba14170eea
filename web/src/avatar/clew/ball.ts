import { CanvasTexture, SRGBColorSpace, TorusGeometry, type BufferGeometry } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import { cinnabar } from './glazes';
import { ellipsoid, towards } from './mesh';

export const ballRadius = 41;

/** Turns of thread that stand out of the ball: tilt, turn and how far from its middle. */
const turns = [
  [0.5, 0.2, 0, '#C8553F'], [-0.62, 0.9, 7, '#7E1E14'], [1.15, -0.4, -6, '#C14E39'], [-0.15, 0.5, 13, '#B4402D'], [0.85, 1.3, 10, '#7E1E14'],
  [-1.0, -0.3, -12, '#C14E39'], [0.2, -0.9, -9, '#8A2417'], [1.4, 0.6, 4, '#B4402D'], [-0.4, -1.2, 16, '#C14E39'],
] as const;

/** The ball of thread: a core whose winding is drawn, and nine turns that stand out of it. */
export function ballGeometry(): BufferGeometry {
  const core = ellipsoid(ballRadius - 1.2, ballRadius - 1.2, ballRadius - 1.2, 20, 14);
  const windings = turns.map(([tilt, turn, off, colour]) => {
    const radius = Math.sqrt((ballRadius - 1.4) ** 2 - off * off);
    const torus = new TorusGeometry(radius, 2, 4, 34).translate(0, 0, off).rotateX(Math.PI / 2 + tilt).rotateZ(turn);
    paint(torus, colour);
    return torus;
  });
  return mergeGeometries([core, ...windings]);
}

function paint(geometry: BufferGeometry, colour: string): void {
  const tint = towards(cinnabar.base, colour, 1);
  const positions = geometry.getAttribute('position');
  const uv = geometry.getAttribute('uv');
  const colors = positions.clone();
  for (let i = 0; i < positions.count; i++) {
    colors.setXYZ(i, tint.r, tint.g, tint.b);
    uv.setXY(i, 0.5, 0.002); // the drawing's blank edge
  }
  geometry.setAttribute('color', colors);
}

/** The winding of the core: strands in crossing bundles, light above and dark in the gaps. */
export function windingTexture(): CanvasTexture {
  const [width, height] = [512, 256];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#e6d2cc';
    context.fillRect(0, 0, width, height);
    const random = seeded(7);
    for (let bundle = 0; bundle < 16; bundle++) {
      const [tilt, phase] = [0.25 + random() * 1.15, random() * 2 * Math.PI];
      const strands = 5 + Math.floor(random() * 4);
      for (let strand = 0; strand < strands; strand++) {
        const tone = 175 + Math.floor(random() * 80);
        const shift = (strand - strands / 2) * 0.105;
        greatCircle(context, tilt, phase, shift, 7.6, 'rgb(110 62 58)');
        greatCircle(context, tilt, phase, shift, 5.4, `rgb(${String(tone)} ${String(tone - 6)} ${String(tone - 10)})`);
        greatCircle(context, tilt, phase, shift - 0.008, 1.5, 'rgb(255 250 246 / .5)');
      }
    }
    context.fillStyle = '#fff';
    context.fillRect(0, height - 3, width, 3);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return texture;

  function greatCircle(to: CanvasRenderingContext2D, tilt: number, phase: number, shift: number, line: number, style: string): void {
    to.strokeStyle = style;
    to.lineWidth = line;
    to.beginPath();
    for (let x = -8; x <= width + 8; x += 8) {
      const latitude = Math.atan(Math.tan(tilt) * Math.sin((x / width) * 2 * Math.PI + phase)) + shift;
      to.lineTo(x, (0.5 - latitude / Math.PI) * height);
    }
    to.stroke();
  }
}

/** The same ball every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}
