import { readonly, ref, shallowRef, type Ref } from 'vue';
import type { Capabilities, ErrorPayload, ServerMessage } from '../protocol/serverMessages';
import { useResourceManager } from '../resources/useResourceManager';
import { waitCodes } from './exchange';
import type { EndingWarning } from './voiceConversation';

export interface Notices {
  capabilities: Readonly<Ref<Partial<Capabilities>>>;
  ending: Readonly<Ref<EndingWarning | null>>;
  /** Unix milliseconds. */
  busyUntil: Readonly<Ref<number | null>>;
  take(message: ServerMessage): void;
  /** The visitor is there. */
  stays(): void;
  /** The visitor goes on. */
  wentOn(): void;
}

const usualWaitMs = 2000;

/** What the guide says of itself: what it can do at the moment, that it is busy, that the conversation ends soon. */
export function useNotices(): Notices {
  const resources = useResourceManager();
  const capabilities = shallowRef<Partial<Capabilities>>({});
  const ending = ref<EndingWarning | null>(null);
  const busyUntil = ref<number | null>(null);
  let release = () => { /* nothing is timed */ };

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'STATUS':
        capabilities.value = { ...capabilities.value, ...message.payload.capabilities };
        break;
      case 'SESSION_WARN':
        ending.value = message.payload.warn_type;
        break;
      case 'SPEECH_STARTED':
        stays();
        break;
      case 'TURN_STARTED':
        wentOn();
        break;
      case 'ERROR':
        if (waitCodes.has(message.payload.error_code)) beBusy(message.payload);
        break;
    }
  }

  function beBusy({ retry_after_ms: wait = usualWaitMs }: ErrorPayload): void {
    release();
    busyUntil.value = Date.now() + wait;
    const timer = setTimeout(() => { busyUntil.value = null; }, wait);
    release = resources.registerResource(() => clearTimeout(timer));
  }

  function stays(): void {
    ending.value = null;
  }

  function wentOn(): void {
    stays();
    release();
    busyUntil.value = null;
  }

  return { capabilities, ending: readonly(ending), busyUntil: readonly(busyUntil), take, stays, wentOn };
}
