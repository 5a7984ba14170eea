import { watch, type Ref } from 'vue';
import type { SceneContext } from '../protocol/clientMessages';
import { newRequestId } from './exchange';
import { voiceNamed, type Wishes } from './registration';
import type { GuideLink } from './guideLink';
import type { ConversationOptions, Scene } from './voiceConversation';

export interface ToldWishes extends Wishes {
  setScene(scene: Scene | null): void;
}

/** How the visitor wants to be talked to, and where they are: every REGISTER says it, and a change is told at once. */
export function useWishes(
  { language, aloud, voice }: Pick<ConversationOptions, 'language' | 'aloud' | 'voice'>,
  link: () => Pick<GuideLink, 'send' | 'registered'>,
): ToldWishes {
  let where: SceneContext | null = null;

  function tell(update: object): void {
    if (!link().registered.value) return;
    link().send('REQUEST', {
      request_id: newRequestId(), data_type: 'TEXT', stream_flag: false, stream_seq: 0, content: { text: '' }, update_session: update,
    });
  }

  watch(aloud, (wanted) => tell({ require_tts: wanted }));
  if (voice) watch(voice as Ref<string | null>, (name) => tell({ voice: voiceNamed(name) }));

  return {
    language, requireTts: () => aloud.value, voice: () => voice?.value ?? null, scene: () => where,
    setScene(scene) {
      where = scene && contextOf(scene);
      tell({ scene_context: where ?? {} });
    },
  };
}

function contextOf({ hall, exhibitId, name }: Scene): SceneContext {
  return {
    ...(hall === undefined ? {} : { hall }),
    ...(exhibitId === undefined ? {} : { exhibit_id: exhibitId }),
    ...(name === undefined ? {} : { current_scene: name }),
  };
}
