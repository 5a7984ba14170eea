import { ref, shallowRef, watch, type Ref } from 'vue';
import { useReducedMotion } from '../look/useMediaQuery';
import { usePartFailure } from '../status/usePartFailure';
import type { FaceNow } from './faceTracks';
import { approach, isAtRest, targetShape } from './mouthMotion';
import { approachPose, isReached, withBearing, restPose, type Pose } from './poses';
import { useFrames } from './useFrames';
import { visemes, type MouthShape, type VisemeId } from './visemes';

/** Moves the guide: lips on the sound's clock, limbs towards the pose; draws no frame while all is at rest. */
export function useClew(face: () => FaceNow, playing: () => boolean, target: () => Pose): {
  mouth: Readonly<Ref<MouthShape>>;
  viseme: Readonly<Ref<VisemeId>>;
  pose: Readonly<Ref<Pose>>;
} {
  const mouth = shallowRef<MouthShape>(visemes.sil);
  const viseme = ref<VisemeId>('sil');
  const pose = shallowRef<Pose>(restPose);
  const still = useReducedMotion();

  // Reduced motion keeps mouth and eyes, which carry meaning, and leaves the gestures out.
  const calm = (asked: Pose): Pose => (still.value ? { ...asked, arm: restPose.arm, tilt: 0, nod: 0 } : asked);

  const frames = useFrames((seconds) => {
    const now = face();
    viseme.value = now.viseme;
    mouth.value = approach(mouth.value, targetShape(now), seconds);
    const wanted = calm(withBearing(target(), now));
    // Another object is another picture: a pose that is taken is not drawn anew sixty times a second.
    const reached = isReached(pose.value, wanted);
    if (!reached) pose.value = approachPose(pose.value, wanted, seconds);
    if (!playing() && reached && isAtRest(mouth.value)) frames.stop();
  }, usePartFailure());

  watch([playing, target, still], () => frames.start(), { immediate: true });
  return { mouth, viseme, pose };
}
