import { features, type ClientPayload, type Resume, type SceneContext } from '../protocol/clientMessages';

/** How the visitor wants to be talked to; asked anew for every connection. */
export interface Wishes {
  language: () => string;
  requireTts: () => boolean;
  /** A voice by its name; null: the language's own. */
  voice: () => string | null;
  scene: () => SceneContext | null;
}

/** A voice as it is; null: the house's. */
export const voiceNamed = (name: string | null) => ({ ...(name === null ? {} : { name }), rate: 1, pitch: 1, volume: 1 });

/** The first message of every connection. */
export function registration({ language, requireTts, voice, scene }: Wishes, resume: Resume | null): ClientPayload<'REGISTER'> {
  const [where, name] = [scene(), voice()];
  return {
    platform: 'WEB', require_tts: requireTts(), enable_srs: true, function_calling: [], language: language(), features,
    audio: { output: { format: 'pcm16', sample_rate: 16_000 } }, greeting: false,
    ...(name === null ? {} : { voice: voiceNamed(name) }), ...(where ? { scene_context: where } : {}), ...(resume ? { resume } : {}),
  };
}
