import { loudnessWindowMs } from './pcm';

/** A piece of one sentence's sound. */
export interface SoundPiece {
  turnId: number;
  sequence: number;
  /** Offset from the sentence's first sample. */
  startMs: number;
  durationMs: number;
  last: boolean;
  /** 0 to 1, one value per 20 ms. */
  loudness: Float32Array;
}

export interface HeardAt {
  turnId: number;
  sequence: number;
  /** Position in the sentence. */
  ms: number;
  loudness: number;
}

/** `started`: it has begun, or has come so far; `stopped`: it stands still there, or will not go on. */
export interface PlaybackReport {
  turnId: number;
  sequence: number;
  playedMs: number;
  state: 'started' | 'finished' | 'stopped';
}

interface Placed extends SoundPiece {
  /** Seconds on the sound's clock. */
  from: number;
  until: number;
}

// Time for the first piece to reach the sound card, so that it does not begin with a gap.
const leadSeconds = 0.05;

// An answer that is broken off was heard up to what the server last knew.
const progressMs = 500;

/** Where on the sound's clock every piece plays: gapless, each once, in order; and what is heard at a moment. */
export class SoundSchedule {
  private pieces: Placed[] = [];
  private reported: Placed | null = null;
  private reportedMs = 0;

  /**
   * Gives the piece its place: begin at `at` seconds, leaving out its first `skipMs`.
   * Null when all of it has its place already (a server that resumed repeats itself).
   */
  place(piece: SoundPiece, now: number): { at: number; skipMs: number } | null {
    const tail = this.pieces.at(-1);
    let skipMs = 0;
    if (tail && tail.turnId === piece.turnId) {
      if (piece.sequence < tail.sequence) return null;
      if (piece.sequence === tail.sequence) {
        tail.last ||= piece.last && piece.durationMs === 0;
        skipMs = Math.max(0, tail.startMs + tail.durationMs - piece.startMs);
      }
    }
    if (piece.durationMs - skipMs < 0.5) return null;
    const at = tail && tail.until > now ? tail.until : now + leadSeconds;
    this.pieces.push({
      ...piece,
      startMs: piece.startMs + skipMs,
      durationMs: piece.durationMs - skipMs,
      loudness: piece.loudness.subarray(Math.round(skipMs / loudnessWindowMs)),
      from: at,
      until: at + (piece.durationMs - skipMs) / 1000,
    });
    return { at, skipMs };
  }

  /** What is heard at `now`; between two pieces the end of the first, null before and after everything. */
  at(now: number): HeardAt | null {
    const piece = this.pieces.findLast((p) => p.from <= now);
    if (!piece || (now >= piece.until && piece === this.pieces.at(-1) && piece.last)) return null;
    const ms = Math.min(piece.durationMs, (now - piece.from) * 1000);
    const loudness = now < piece.until ? piece.loudness[Math.floor(ms / loudnessWindowMs)] ?? 0 : 0;
    return { turnId: piece.turnId, sequence: piece.sequence, ms: piece.startMs + ms, loudness };
  }

  /** Sentences that began, went on or ended up to `now`, as far as it was not reported yet. */
  advance(now: number): PlaybackReport[] {
    const reports: PlaybackReport[] = [];
    for (const piece of [...this.pieces]) {
      if (piece.from > now) break;
      const before = this.reported;
      if (!before || before.turnId !== piece.turnId || before.sequence !== piece.sequence) {
        if (before && !before.last) reports.push(report(before, 'finished'));
        reports.push({ ...report(piece, 'started'), playedMs: piece.startMs });
        this.reportedMs = piece.startMs;
      }
      this.reported = piece;
      const played = piece.startMs + Math.min(piece.durationMs, (now - piece.from) * 1000);
      if (played - this.reportedMs >= progressMs) {
        reports.push({ ...report(piece, 'started'), playedMs: Math.round(played) });
        this.reportedMs = played;
      }
      if (piece.until > now) break;
      if (piece.last) reports.push(report(piece, 'finished'));
      // The tail stays while more of its sentence may come.
      if (piece !== this.pieces.at(-1) || piece.last) this.pieces.shift();
    }
    if (this.pieces.length === 0) this.reported = null;
    return reports;
  }

  /** No more sound of this turn will come; without one, of any. */
  close(turnId?: number): void {
    const tail = this.pieces.at(-1);
    if (tail && tail.turnId === (turnId ?? tail.turnId)) tail.last = true;
  }

  /** All that has come was heard, and more is to follow. */
  isDry(now: number): boolean {
    const tail = this.pieces.at(-1);
    return tail !== undefined && tail.until <= now;
  }

  /** Drops everything; tells where the voice was cut. */
  stop(now: number): PlaybackReport[] {
    const reports = this.stand(now);
    this.pieces = [];
    this.reported = null;
    return reports;
  }

  /** Tells where the voice stands still. */
  stand(now: number): PlaybackReport[] {
    const heard = this.at(now);
    return heard ? [{ turnId: heard.turnId, sequence: heard.sequence, playedMs: Math.round(heard.ms), state: 'stopped' }] : [];
  }

  /** Sound of this turn is heard, or waits to be. */
  holds(turnId: number): boolean {
    return this.pieces.some((piece) => piece.turnId === turnId);
  }

  get empty(): boolean {
    return this.pieces.length === 0;
  }
}

function report(piece: Placed, state: PlaybackReport['state']): PlaybackReport {
  return { turnId: piece.turnId, sequence: piece.sequence, playedMs: Math.round(piece.startMs + piece.durationMs), state };
}
