import { VRMLoaderPlugin, VRMUtils, type VRM } from '@pixiv/three-vrm';
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js';
import { ModelFigure } from './ModelFigure';

/** A figure may be tens of megabytes, and the museum's network full of visitors. */
const deadlineMs = 120_000;

/** Fetches and reads the museum's figure. What it throws says what is wrong with the file, for whoever put it there. */
export async function loadModel(url: string, signal: AbortSignal): Promise<ModelFigure> {
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]) });
  if (!answer.ok) throw new Error(`it is not there (${String(answer.status)})`);
  return readModel(await answer.arrayBuffer());
}

/** Reads a GLB or VRM file. Nothing outside the file is fetched for it. */
export async function readModel(file: ArrayBuffer): Promise<ModelFigure> {
  const loader = new GLTFLoader().register((parser) => new VRMLoaderPlugin(parser));
  const { scene, userData } = await loader.parseAsync(file, '');
  const vrm = userData['vrm'] as VRM | undefined;
  try {
    if (!vrm) return new ModelFigure(scene);
    VRMUtils.rotateVRM0(vrm);
    VRMUtils.combineSkeletons(vrm.scene);
    return new ModelFigure(vrm.scene, vrm);
  } catch (reason) {
    VRMUtils.deepDispose(scene);
    throw reason;
  }
}
