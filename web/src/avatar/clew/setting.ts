import { CanvasTexture, CircleGeometry, Color, Mesh, MeshBasicMaterial, PlaneGeometry, type BufferAttribute } from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';
import type { Theme } from '../stage/theme';
import { turned } from './mesh';

const radius = 148;

/** What the guide stands on and throws its shadow at: a plaster plinth, the shadow at its foot and the one on the wall. */
export class Setting {
  readonly plinth = new Mesh(plinthGeometry(), new MeshBasicMaterial({ vertexColors: true }));
  readonly foot = shadow(footShade(), 250, 190);
  readonly wall = shadow(wallShade(), 560, 700);

  constructor() {
    this.foot.rotation.x = -Math.PI / 2;
    this.foot.position.set(7, 0.6, 12);
    this.wall.position.set(26, 208, -120);
    this.wall.renderOrder = -1;
  }

  colour({ plinth, plinthTop, cast, castStrength }: Theme, mirrored: boolean): void {
    const colors = this.plinth.geometry.getAttribute('color') as BufferAttribute;
    const positions = this.plinth.geometry.getAttribute('position');
    const tone = new Color();
    const [shaded, lit, dark] = plinth;
    for (let i = 0; i < positions.count; i++) {
      const [x, y, z] = [positions.getX(i), positions.getY(i), positions.getZ(i)];
      const across = ((mirrored ? -x : x) / radius + 1) / 2;
      if (y > -0.5) tone.copy(plinthTop).lerp(shaded, 0.28 * Math.max(0, -z / radius));
      else if (across < 0.3) tone.copy(shaded).lerp(lit, across / 0.3);
      else tone.copy(lit).lerp(dark, (across - 0.3) / 0.7);
      colors.setXYZ(i, tone.r, tone.g, tone.b);
    }
    colors.needsUpdate = true;
    for (const { material } of [this.foot, this.wall]) material.color.copy(cast);
    this.foot.material.opacity = 0.42;
    this.wall.material.opacity = Math.min(1, castStrength * 1.9);
    this.wall.position.x = mirrored ? -14 : 26;
  }

  dispose(): void {
    for (const mesh of [this.plinth, this.foot, this.wall]) {
      mesh.geometry.dispose();
      mesh.material.map?.dispose();
      mesh.material.dispose();
    }
  }
}

function plinthGeometry() {
  const top = new CircleGeometry(radius - 3, 48).rotateX(-Math.PI / 2);
  top.setAttribute('color', top.getAttribute('position').clone());
  const drum = turned([[radius - 3, 0], [radius - 0.8, -1], [radius, -4], [radius, -900]], 48, 1);
  return mergeGeometries([top, drum]);
}

function shadow(map: CanvasTexture, width: number, height: number): Mesh<PlaneGeometry, MeshBasicMaterial> {
  return new Mesh(new PlaneGeometry(width, height), new MeshBasicMaterial({ alphaMap: map, transparent: true, depthWrite: false }));
}

function drawn(width: number, height: number, draw: (context: CanvasRenderingContext2D) => void): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
    draw(context);
  }
  return new CanvasTexture(canvas);
}

function footShade(): CanvasTexture {
  return drawn(128, 128, (context) => {
    const gradient = context.createRadialGradient(64, 64, 30, 64, 64, 64);
    for (const [at, tone] of [[0, '#fff'], [0.45, '#9a9a9a'], [0.75, '#303030'], [1, '#000']] as const) gradient.addColorStop(at, tone);
    context.fillStyle = gradient;
    context.fillRect(0, 0, 128, 128);
  });
}

/** The guide's silhouette, blurred as by a large lamp; drawn by a shadow alone, for filters are not everywhere. */
function wallShade(): CanvasTexture {
  return drawn(224, 280, (context) => {
    context.shadowColor = '#fff';
    context.shadowBlur = 34;
    context.shadowOffsetX = 1000;
    context.translate(-1000, 0);
    const oval = (x: number, y: number, rx: number, ry: number) => {
      context.beginPath();
      context.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
      context.fill();
    };
    oval(112, 106, 34, 40);
    oval(118, 56, 15, 15);
    oval(112, 210, 42, 70);
  });
}
