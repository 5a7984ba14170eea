import type { SceneContext } from '../protocol/clientMessages';
import { newRequestId } from './exchange';
import type { GuideLink } from './useGuideLink';
import type { Scene } from './voiceConversation';

/** Where the visitor is: told with REGISTER, and at once when it changes. */
export function useScene(link: Pick<GuideLink, 'send' | 'registered'>): { set(scene: Scene | null): void; context(): SceneContext | null } {
  let current: SceneContext | null = null;

  function set(scene: Scene | null): void {
    current = scene && contextOf(scene);
    if (!link.registered.value) return; // REGISTER says it.
    link.send('REQUEST', {
      request_id: newRequestId(), data_type: 'TEXT', stream_flag: false, stream_seq: 0,
      content: { text: '' }, update_session: { scene_context: current ?? {} },
    });
  }

  return { set, context: () => current };
}

function contextOf({ hall, exhibitId, name }: Scene): SceneContext {
  return {
    ...(hall === undefined ? {} : { hall }),
    ...(exhibitId === undefined ? {} : { exhibit_id: exhibitId }),
    ...(name === undefined ? {} : { current_scene: name }),
  };
}
