import { BufferAttribute, BufferGeometry, Color } from 'three';

export type Xyz = readonly [number, number, number];

/** A surface over a grid of columns (u) and rows (v), both from 0 to 1; normals are smooth, and whole across a closed seam. */
export interface Surface {
  columns: number;
  rows: number;
  point(u: number, v: number): Xyz;
  /** Multiplies the glaze; white when left out. */
  tint?(u: number, v: number, at: Xyz): Color;
  /** The last column is the first again. */
  closed?: boolean;
}

export function surface({ columns, rows, point, tint, closed = false }: Surface): BufferGeometry {
  const count = (columns + 1) * (rows + 1);
  const positions = new Float32Array(count * 3);
  const colors = new Float32Array(count * 3).fill(1);
  const uvs = new Float32Array(count * 2);
  for (let row = 0, i = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++, i++) {
      const [u, v] = [column / columns, row / rows];
      const at = point(u, v);
      positions.set(at, i * 3);
      uvs.set([u, 1 - v], i * 2);
      if (tint) tint(u, v, at).toArray(colors, i * 3);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('color', new BufferAttribute(colors, 3));
  geometry.setAttribute('uv', new BufferAttribute(uvs, 2));
  geometry.setIndex(gridIndex(columns, rows));
  geometry.computeVertexNormals();
  if (closed) joinSeam(geometry.getAttribute('normal') as BufferAttribute, columns, rows);
  return geometry;
}

/** Triangles of a grid whose columns run to the right and rows downwards, seen from outside. */
export function gridIndex(columns: number, rows: number, first = 0): number[] {
  const index: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = first + row * (columns + 1) + column;
      const below = a + columns + 1;
      index.push(a, below, a + 1, a + 1, below, below + 1);
    }
  }
  return index;
}

function joinSeam(normals: BufferAttribute, columns: number, rows: number): void {
  for (let row = 0; row <= rows; row++) {
    const [a, b] = [row * (columns + 1), row * (columns + 1) + columns];
    const sum = [normals.getX(a) + normals.getX(b), normals.getY(a) + normals.getY(b), normals.getZ(a) + normals.getZ(b)] as const;
    const length = Math.hypot(...sum) || 1;
    for (const i of [a, b]) normals.setXYZ(i, sum[0] / length, sum[1] / length, sum[2] / length);
  }
}

/** An egg or ball about the origin. */
export function ellipsoid(rx: number, ry: number, rz: number, columns: number, rows: number, tint?: Surface['tint']): BufferGeometry {
  return surface({
    columns, rows, closed: true, ...(tint && { tint }),
    point: (u, v) => {
      const [around, down] = [u * 2 * Math.PI, v * Math.PI];
      return [rx * Math.sin(down) * Math.sin(around), ry * Math.cos(down), rz * Math.sin(down) * Math.cos(around)];
    },
  });
}

/** A profile of [radius, height] from top to bottom, turned on the lathe; `deep` is its depth for a width of 1. */
export function turned(profile: readonly (readonly [number, number])[], columns: number, deep: number, tint?: Surface['tint']): BufferGeometry {
  const rows = profile.length - 1;
  return surface({
    columns, rows, closed: true, ...(tint && { tint }),
    point: (u, v) => {
      const [radius, y] = profile[Math.round(v * rows)] ?? [0, 0];
      // The seam is behind, where nobody looks.
      const around = (u * 2 - 1) * Math.PI;
      return [radius * Math.sin(around), y, radius * deep * Math.cos(around)];
    },
  });
}

const white = new Color(1, 1, 1);

/** The tint that turns a glaze of colour `base` into `wanted`, as far as `amount` goes. */
export function towards(base: string, wanted: string, amount: number): Color {
  const [from, to] = [new Color(base), new Color(wanted)];
  const ratio = new Color(to.r / from.r, to.g / from.g, to.b / from.b);
  return white.clone().lerp(ratio, Math.min(1, Math.max(0, amount)));
}

export const bump = (x: number, y: number, cx: number, cy: number, sx: number, sy: number) =>
  Math.exp(-(((x - cx) / sx) ** 2 + ((y - cy) / sy) ** 2) / 2);
export const smooth = (from: number, to: number, x: number) => {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
};
