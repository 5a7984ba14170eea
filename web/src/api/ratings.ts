import type { VisitorPass } from '../auth/visitorPass';

const deadlineMs = 10_000;

/** The visitor's word on an answer of their own session; false: it could not be told. */
export async function rateAnswer(pass: VisitorPass, turnId: number, rating: 'good' | 'bad', base = ''): Promise<boolean> {
  try {
    const answer = await fetch(`${base}/api/text/rating`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await pass.token()}` },
      body: JSON.stringify({ turn_id: turnId, rating }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    return answer.ok;
  } catch {
    return false; // No network, no answer in time: the word is not on record, and the page says so.
  }
}
