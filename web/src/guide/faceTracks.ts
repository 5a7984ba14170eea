import type { AvatarTrack } from '../protocol/serverMessages';
import type { HeardAt } from '../audio/soundSchedule';
import { isViseme, type VisemeId } from './visemes';

export interface FaceNow {
  viseme: VisemeId;
  /** How clearly it is formed, 0 to 1. */
  weight: number;
  /** How loud the voice is, 0 to 1. */
  loudness: number;
  expression: string;
  action: string;
}

export interface FaceTracks {
  add(track: AvatarTrack): void;
  /** The face that belongs to what is heard. Without a track the mouth follows the loudness alone. */
  at(heard: HeardAt | null): FaceNow;
}

const silent: FaceNow = { viseme: 'sil', weight: 1, loudness: 0, expression: 'neutral', action: 'none' };
const audible = 0.08;
// The server is two sentences ahead of the voice at most; older tracks are never asked for again.
const keptTracks = 16;

export function createFaceTracks(): FaceTracks {
  const tracks = new Map<string, AvatarTrack>();
  const keyOf = (turnId: number, sequence: number) => `${turnId}/${sequence}`;

  function add(track: AvatarTrack): void {
    tracks.set(keyOf(track.turn_id, track.sequence), { ...track, visemes: [...track.visemes].sort((a, b) => a.t_ms - b.t_ms) });
    if (tracks.size > keptTracks) tracks.delete(tracks.keys().next().value ?? '');
  }

  function at(heard: HeardAt | null): FaceNow {
    if (!heard) return silent;
    const { loudness } = heard;
    const track = tracks.get(keyOf(heard.turnId, heard.sequence));
    if (!track) return { ...silent, viseme: loudness > audible ? 'aa' : 'sil', weight: 0.7, loudness };
    const now = track.visemes.findLast((v) => v.t_ms + track.start_ms <= heard.ms);
    const { expression, action } = track;
    if (!now || !isViseme(now.id)) return { ...silent, loudness, expression, action };
    return { viseme: now.id, weight: now.weight, loudness, expression, action };
  }

  return { add, at };
}
