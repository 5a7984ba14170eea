import { MToonMaterial, VRMSpringBoneColliderShapeCapsule, VRMSpringBoneColliderShapeSphere, type VRM } from '@pixiv/three-vrm';

/**
 * Fits to a stage whose unit is no metre what a VRM measures in metres of the world: hair that is pulled back to its place by metres a second
 * would hang for ever where a nod has left it, what it rests on would be a point, and outlines would be too thin to be seen.
 */
export function fitMetres({ springBoneManager: springs, materials }: VRM, unitsPerMetre: number): void {
  for (const { settings } of springs?.joints ?? []) {
    settings.stiffness *= unitsPerMetre;
    settings.gravityPower *= unitsPerMetre;
    settings.hitRadius *= unitsPerMetre;
  }
  for (const { shape } of springs?.colliders ?? []) {
    if (shape instanceof VRMSpringBoneColliderShapeSphere || shape instanceof VRMSpringBoneColliderShapeCapsule) shape.radius *= unitsPerMetre;
  }
  for (const material of materials ?? []) {
    if (material instanceof MToonMaterial && material.outlineWidthMode === 'worldCoordinates') material.outlineWidthFactor *= unitsPerMetre;
  }
}
