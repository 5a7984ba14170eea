import { features, type ClientPayload, type Resume, type SceneContext } from '../protocol/clientMessages';

/** How the visitor wants to be talked to; asked anew for every connection. */
export interface Wishes {
  language: () => string;
  requireTts: () => boolean;
  scene: () => SceneContext | null;
}

/** The first message of every connection. */
export function registration({ language, requireTts, scene }: Wishes, resume: Resume | null): ClientPayload<'REGISTER'> {
  const where = scene();
  return {
    platform: 'WEB', require_tts: requireTts(), enable_srs: true, function_calling: [], language: language(), features,
    audio: { output: { format: 'pcm16', sample_rate: 16_000 } }, greeting: false,
    ...(where ? { scene_context: where } : {}), ...(resume ? { resume } : {}),
  };
}
