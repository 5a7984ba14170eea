import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { useReducedMotion } from '../look/useMediaQuery';
import type { FaceNow } from './faceTracks';
import { approach, isAtRest, targetShape } from './mouthMotion';
import { approachPose, isReached, restPose, type Pose } from './poses';
import { useFrames } from './useFrames';
import { visemes, type MouthShape, type VisemeId } from './visemes';

/** Moves the guide: lips on the sound's clock, limbs towards the pose; draws no frame while all is at rest. */
export function useClew(face: () => FaceNow, playing: () => boolean, target: () => Pose): {
  mouth: Readonly<Ref<MouthShape>>;
  viseme: Readonly<Ref<VisemeId>>;
  pose: ComputedRef<Pose>;
} {
  const mouth = shallowRef<MouthShape>(visemes.sil);
  const viseme = ref<VisemeId>('sil');
  const pose = shallowRef<Pose>(restPose);
  const still = useReducedMotion();

  // Reduced motion keeps mouth and eyes, which carry meaning, and leaves the gestures out.
  const wanted = computed<Pose>(() => (still.value ? { ...target(), arm: restPose.arm, tilt: 0 } : target()));

  const frames = useFrames((seconds) => {
    const now = face();
    viseme.value = now.viseme;
    mouth.value = approach(mouth.value, targetShape(now), seconds);
    pose.value = approachPose(pose.value, wanted.value, seconds);
    if (!playing() && isAtRest(mouth.value) && isReached(pose.value, wanted.value)) frames.stop();
  });

  watch([playing, wanted], () => frames.start(), { immediate: true });
  return { mouth, viseme, pose: computed(() => pose.value) };
}
