import type { ShallowRef } from 'vue';
import { rateAnswer } from '../api/ratings';
import type { VisitorPass } from '../auth/visitorPass';
import { rated, type Rating, type Transcript } from './transcript';

/** Tells the visitor's word on an answer; one that is lost on its way is taken back. False: it could not be told. */
export function useRatings(transcript: ShallowRef<Transcript>, pass: VisitorPass): (turnId: number, rating: Rating) => Promise<boolean> {
  return async (turnId, rating) => {
    const before = transcript.value.exchanges.find((e) => e.turnId === turnId)?.rating ?? null;
    transcript.value = rated(transcript.value, turnId, rating);
    const told = turnId > 0 && (await rateAnswer(pass, turnId, rating));
    if (!told) transcript.value = rated(transcript.value, turnId, before);
    return told;
  };
}
