import { create } from 'qrcode';

/** A QR code as one SVG path, a unit a module, with its side. */
export function qrPath(text: string): { path: string; size: number } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size } = modules;
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!modules.get(y, x)) continue;
      let run = 1;
      while (x + run < size && modules.get(y, x + run)) run++;
      path += `M${String(x)} ${String(y)}h${String(run)}v1h-${String(run)}z`;
      x += run;
    }
  }
  return { path, size };
}
