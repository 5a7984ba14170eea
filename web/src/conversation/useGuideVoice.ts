import type { ShallowRef } from 'vue';
import type { AudioManager } from '../audio/useAudioManager';
import { voicedCharacters } from '../captions/voiced';
import { wordEnd } from '../captions/words';
import { createFaceTracks, type FaceNow } from '../guide/faceTracks';
import type { AudioMeta, ServerMessage } from '../protocol/serverMessages';
import { breakOff, isStopped, stop, type HeardPart, type Transcript } from './transcript';

export interface GuideVoice {
  /** Before the transcript knows of the message: what is broken off is broken off where it is heard now. */
  take(message: ServerMessage): void;
  play(meta: AudioMeta, pcm: ArrayBuffer): void;
  /** Silence; answers under way end where the voice was. */
  hush(): void;
  face(): FaceNow;
}

/** The guide's voice and face, in step with what the transcript says of the turns. */
export function useGuideVoice(audio: AudioManager, transcript: ShallowRef<Transcript>): GuideVoice {
  const faces = createFaceTracks();

  function take(message: ServerMessage): void {
    switch (message.msg_type) {
      case 'REGISTER_ACK':
        if (message.payload.resumed) return;
        // Nobody remembers that the voice stands still, so nobody will tell it to go on; and of what it says no more will come.
        if (audio.playbackState.value === 'paused') audio.silence();
        return audio.closeTurn();
      case 'AVATAR_TRACK':
        return faces.add(message.payload);
      case 'TURN_PAUSED':
        return audio.pause();
      case 'TURN_RESUMED':
        return audio.resume();
      case 'RESPONSE':
        if (message.payload.interrupted) breakOffTurn(message.payload.turn_id);
        if (message.payload.voice_stream_seq === -1) audio.closeTurn(message.payload.turn_id);
        return;
      case 'TURN_ENDED':
        if (message.payload.interrupted) breakOffTurn(message.payload.turn_id);
        return audio.closeTurn(message.payload.turn_id);
    }
  }

  function play(meta: AudioMeta, pcm: ArrayBuffer): void {
    if (isStopped(transcript.value, meta.turn_id)) return;
    audio.enqueue({
      turnId: meta.turn_id, sequence: meta.sequence, startMs: meta.start_ms,
      last: meta.last === true, sampleRate: meta.sample_rate, pcm,
    });
  }

  /** What the voice has said of the sentence that is heard at this moment. */
  function heardPart(): HeardPart | null {
    const heard = audio.heard();
    const sentence = heard && transcript.value.turns.get(heard.turnId)?.sentences.find((s) => s.sequence === heard.sequence);
    return heard && sentence
      ? { turnId: heard.turnId, sequence: heard.sequence, characters: wordEnd(sentence.text, voicedCharacters(sentence, heard.ms)) }
      : null;
  }

  function hush(): void {
    const heard = heardPart();
    audio.silence();
    transcript.value = stop(transcript.value, heard);
  }

  // By the visitor's voice; the answer that was asked for since then goes on.
  function breakOffTurn(turnId: number): void {
    if (!audio.holds(turnId)) return;
    const heard = heardPart();
    audio.silence();
    // Nothing of it may have reached the ear yet.
    transcript.value = breakOff(transcript.value, turnId, heard?.turnId === turnId ? heard : null);
  }

  return { take, play, hush, face: () => faces.at(audio.heard()) };
}
