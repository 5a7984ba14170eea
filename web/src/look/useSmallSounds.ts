import { watch, type ComputedRef, type Ref } from 'vue';
import type { MicrophoneState } from '../conversation/voiceConversation';
import { useResourceManager } from '../resources/useResourceManager';
import { useSettings } from '../settings/useSettings';
import type { StatusLine } from '../status/statusLine';
import { createSmallSounds, type SmallSound } from './smallSounds';

export interface SoundingFacts {
  microphone: Readonly<Ref<MicrophoneState>>;
  status: ComputedRef<StatusLine>;
  /** How many tags the finished answer is tied to. */
  tied: () => number;
  /** The voice is heard. */
  playing: () => boolean;
}

/** The small sounds, when something happens; none while the microphone is open or the voice speaks, and none when they are switched off. */
export function useSmallSounds({ microphone, status, tied, playing }: SoundingFacts): void {
  const settings = useSettings();
  const sounds = createSmallSounds();
  useResourceManager().registerResource(sounds.close);

  function play(sound: SmallSound): void {
    if (settings.sounds && settings.aloud && !playing()) sounds.play(sound);
  }
  const quietly = (sound: SmallSound) => { if (microphone.value !== 'on') play(sound); };

  watch(microphone, (state, before) => {
    if (state === 'asking') play('listening');
    else if (before === 'on' && state === 'off') play('resting');
  });
  watch(() => status.value.shape, (shape) => {
    if (shape === 'tangle') quietly('tangle');
    else if (shape === 'knot') quietly('joined');
  });
  watch(tied, (count) => { if (count > 0) quietly('knot'); });
}
