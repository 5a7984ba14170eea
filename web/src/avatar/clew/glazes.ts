import { CanvasTexture, MeshMatcapMaterial, SRGBColorSpace } from 'three';

/** What a fired surface looks like from every side: look.md §6's colours, lit from the upper left. */
export interface Glaze {
  base: string;
  light: string;
  shade: string;
  deep: string;
  /** Soft light of the wall coming back from below. */
  bounce?: string;
  /** How strongly the lamp mirrors itself, how sharply (part of the ball's width), how long and where. */
  gloss?: { strength: number; size: number; long?: number; at?: readonly [number, number]; turn?: number };
}

export const bisque: Glaze = { base: '#EFD8C5', light: '#FBEFE2', shade: '#CDA68F', deep: '#A87C66', bounce: '#E3C3AE' };
export const tenmoku: Glaze = { base: '#3A2B24', light: '#5E473A', shade: '#221815', deep: '#15100E', bounce: '#4B3A31', gloss: { strength: 0.2, size: 0.16, long: 2 } };
export const cinnabar: Glaze = { base: '#A5301F', light: '#D8634C', shade: '#741B11', deep: '#4E0F09', bounce: '#8E2A1C', gloss: { strength: 0.14, size: 0.36 } };
export const celadon: Glaze = { base: '#A9C8B8', light: '#CDE2D6', shade: '#557D6C', deep: '#2F594A', bounce: '#8DB3A1', gloss: { strength: 0.55, size: 0.06, long: 2.6, at: [0.2, 0.38], turn: -1.25 } };
export const collarBisque: Glaze = { base: '#EFE2D3', light: '#FCF6EC', shade: '#CDB59F', deep: '#A98E78', bounce: '#E2D2C2' };
export const lipGlaze: Glaze = { base: '#A8604F', light: '#BD7361', shade: '#7F4032', deep: '#5A241D', gloss: { strength: 0.3, size: 0.2 } };
export const eyeGlaze: Glaze = { base: '#2A1D17', light: '#3B2A21', shade: '#140D0A', deep: '#0A0605', bounce: '#6A4A38' };

const size = 128;

export interface Lamp {
  /** Dark theme: the key light is warmer. */
  warm: boolean;
  /** The stage is mirrored by its style, so the lamp is too: on the page light comes from the upper left, always. */
  mirrored: boolean;
}

/** Draws the ball of the matcap: what the lamp makes of the glaze in every direction. */
function drawMatcap(glaze: Glaze, { warm, mirrored }: Lamp): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  if (mirrored) context.setTransform(-1, 0, 0, 1, size, 0);
  const fill = (x: number, y: number, inner: number, outer: number, stops: readonly (readonly [number, string])[]) => {
    const gradient = context.createRadialGradient(x * size, y * size, inner * size, x * size, y * size, outer * size);
    for (const [at, colour] of stops) gradient.addColorStop(at, colour);
    context.fillStyle = gradient;
    context.fillRect(0, 0, size, size);
  };
  fill(0.34, 0.29, 0.02, 0.84, [[0, glaze.light], [0.2, glaze.light], [0.5, glaze.base], [0.86, glaze.shade], [1, glaze.deep]]);
  if (glaze.bounce) {
    fill(0.62, 1.02, 0, 0.4, [[0, `${glaze.bounce}cc`], [1, `${glaze.bounce}00`]]);
    fill(1.02, 0.55, 0, 0.24, [[0, `${glaze.bounce}88`], [1, `${glaze.bounce}00`]]);
  }
  if (glaze.gloss) {
    const { strength, size: wide, long = 1, at = [0.3, 0.27], turn = -0.72 } = glaze.gloss;
    const alpha = (share: number) => Math.round(255 * strength * share).toString(16).padStart(2, '0');
    context.translate(at[0] * size, at[1] * size);
    context.rotate(turn);
    context.scale(long, 1);
    context.translate(-0.5 * size, -0.5 * size);
    fill(0.5, 0.5, 0, wide * 2.2, [[0, `#ffffff${alpha(0.45)}`], [1, '#ffffff00']]);
    fill(0.5, 0.5, 0, wide, [[0, `#ffffff${alpha(1)}`], [0.45, `#ffffff${alpha(0.75)}`], [1, '#ffffff00']]);
    context.setTransform(1, 0, 0, 1, 0, 0);
  }
  if (warm) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'multiply';
    context.fillStyle = '#FFF8EC';
    context.fillRect(0, 0, size, size);
  }
  return canvas;
}

export function fired(glaze: Glaze, lamp: Lamp): MeshMatcapMaterial {
  const matcap = new CanvasTexture(drawMatcap(glaze, lamp));
  matcap.colorSpace = SRGBColorSpace;
  const material = new MeshMatcapMaterial({ matcap, vertexColors: true });
  material.userData['glaze'] = glaze;
  return material;
}

/** The lamp has changed: draws the glaze again. */
export function relight(material: MeshMatcapMaterial, lamp: Lamp): void {
  const { matcap } = material;
  if (!matcap) return;
  matcap.image = drawMatcap(material.userData['glaze'] as Glaze, lamp);
  matcap.needsUpdate = true;
}
