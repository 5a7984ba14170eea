import { Box3, Group, Vector3, type Object3D } from 'three';

/** Where a model's head begins and ends on the stage, in the guide's units: the face is where the guide's is, and as large. */
const neckY = 300;
const crownY = 460;
/** What has no head, or is one, stands in sight of every stage, within these. */
const alone = { bottom: 175, height: 290, width: 360 };

/**
 * Hangs a model into the stage as a portrait: people from the waist, for at full length their lips would be too small to read.
 * The model faces +z, as glTF has it; its bones are at rest.
 */
export function portrait(model: Object3D, head: Object3D | undefined): Group {
  const group = new Group();
  group.add(model);
  group.updateMatrixWorld(true);
  const box = new Box3().setFromObject(model, true);
  if (box.isEmpty()) throw new Error('there is nothing to be seen in it');
  const size = box.getSize(new Vector3());
  const neck = head?.getWorldPosition(new Vector3());
  if (neck && box.max.y - neck.y > size.y * 0.02) {
    const scale = (crownY - neckY) / (box.max.y - neck.y);
    group.scale.setScalar(scale);
    group.position.set(-neck.x, -neck.y, -neck.z).multiplyScalar(scale).setY(neckY - neck.y * scale);
  } else {
    const scale = Math.min(alone.height / Math.max(size.y, 1e-6), alone.width / Math.max(size.x, 1e-6));
    const middle = box.getCenter(new Vector3());
    group.scale.setScalar(scale);
    group.position.set(-middle.x * scale, alone.bottom - box.min.y * scale, -middle.z * scale);
  }
  group.updateMatrixWorld(true);
  return group;
}
