import type { VisitorPass } from '../auth/visitorPass';
import { createApi } from './client';

/** The visitor's word on an answer of their own session; false: it could not be told. */
export async function rateAnswer(pass: VisitorPass, turnId: number, rating: 'good' | 'bad', base = ''): Promise<boolean> {
  try {
    const { response } = await createApi(pass, base).POST('/api/text/rating', { body: { session_id: null, turn_id: turnId, rating } });
    return response.ok;
  } catch {
    return false; // No network, no answer in time: the word is not on record, and the page says so.
  }
}
