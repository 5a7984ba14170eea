import { PerspectiveCamera, Vector3, type Matrix4 } from 'three';

/** The part of the guide that a stage shows, in the units of the drawn guide (y down): all of it, or down to the ledge. */
export const frames = {
  whole: { x: 20, y: 0, width: 420, height: 744 },
  bust: { x: 20, y: 14, width: 420, height: 388 },
} as const;

/** The drawn guide's middle and the plinth's top, in its own units. */
const middleX = 210;
const plinthTop = 566;
/** A long lens at the height of the eyes: straight to the face, from above to the plinth. */
const eye = new Vector3(14, 366, 2500);

/**
 * A camera that shows at the guide's own depth exactly what the drawn guide's viewBox shows in a box of this size:
 * one takes the other's place without a shift.
 */
export function frame(camera: PerspectiveCamera, width: number, height: number, view: (typeof frames)[keyof typeof frames]): void {
  const scale = Math.min(width / view.width, height / view.height) || 1;
  const centreX = view.x + view.width / 2 - middleX;
  const centreY = plinthTop - (view.y + view.height / 2);
  const [halfX, halfY] = [width / (2 * scale), height / (2 * scale)];
  const near = 1500;
  const share = near / eye.z;
  camera.position.copy(eye);
  camera.near = near;
  camera.far = 3500;
  (camera.projectionMatrix as Matrix4).makePerspective(
    (centreX - halfX - eye.x) * share, (centreX + halfX - eye.x) * share,
    (centreY + halfY - eye.y) * share, (centreY - halfY - eye.y) * share, near, camera.far);
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert();
  camera.updateMatrixWorld();
}
