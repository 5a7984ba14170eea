import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { MicrophoneState, VoiceConversation } from '../conversation/voiceConversation';
import { recall, remember } from '../settings/memory';

export interface Consent {
  /** What stands over the bead: our question, how to get the microphone back, or nothing. */
  note: ComputedRef<'none' | 'ask' | 'help'>;
  /** The visitor wants to talk: asks first, unless that was answered before. */
  wantToTalk(): Promise<void>;
  accept(): Promise<void>;
  decline(): void;
  /** Nobody asks about the microphone any more. */
  close(): void;
  asking: Readonly<Ref<boolean>>;
}

const isClosed = (state: MicrophoneState): boolean => state === 'refused' || state === 'missing';
const isYes = (value: string): value is 'yes' => value === 'yes';

/** Our words come before the browser's, so that nobody is asked by a stranger. */
export function useConsent({ microphone, startListening }: Pick<VoiceConversation, 'microphone' | 'startListening'>): Consent {
  const asking = ref(false);
  const helpWanted = ref(false);

  watch(microphone, (state) => {
    if (isClosed(state)) helpWanted.value = true;
    else if (state === 'on') close();
  });

  async function wantToTalk(): Promise<void> {
    const known = recall('listen', isYes) || (await isGranted());
    if (microphone.value === 'asking') return; // The browser's own question is open.
    if (known) await accept();
    else asking.value = true;
  }

  async function accept(): Promise<void> {
    asking.value = false;
    if (await startListening()) remember('listen', 'yes');
    else if (isClosed(microphone.value)) helpWanted.value = true;
  }

  function close(): void {
    asking.value = false;
    helpWanted.value = false;
  }

  const note = computed(() => (asking.value ? 'ask' : helpWanted.value ? 'help' : 'none'));
  return { note, wantToTalk, accept, decline: close, close, asking };
}

async function isGranted(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state === 'granted';
  } catch {
    return false; // Some browsers do not tell: then we ask.
  }
}
