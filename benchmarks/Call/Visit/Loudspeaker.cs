using Museum.Benchmarks.Call.Sound;

namespace Museum.Benchmarks.Call.Visit;

/// <summary>What a page reports of what it plays (PLAYBACK).</summary>
internal readonly record struct Played(long TurnId, int Sequence, double PlayedMs, string State);

/// <summary>A piece of a sentence's sound, as AUDIO_META announced it.</summary>
internal readonly record struct Piece(long TurnId, int Sequence, double StartMs, short[] Pcm, bool Last);

/// <summary>A page's loudspeaker as the sound card sees it: frames are drawn from what came, gapless and in order, silence where nothing is there.</summary>
internal sealed class Loudspeaker
{
    /// <summary>From the first piece's arrival to its first sound (web/src/audio/soundSchedule.ts).</summary>
    private const int Lead = Pcm.Rate / 20;

    private readonly Lock gate = new();
    private readonly Queue<Piece> queue = [];
    private (long Turn, int Sequence, double Ms) heard = (0, -1, 0);
    private (long Turn, int Sequence, double EndMs, bool Last) tail = (0, -1, 0, true);
    private int offset;
    private int lead;
    private long? paused;

    /// <summary>The turn whose sound is being heard, or paused; null: silence.</summary>
    public long? Playing { get; private set; }

    /// <summary>Times that sound ran out in the middle of a sentence.</summary>
    public int Underruns { get; private set; }

    /// <summary>Pieces that did not continue the one before them: something is missing between.</summary>
    public int Gaps { get; private set; }

    public void Place(Piece piece)
    {
        lock (gate)
        {
            if (piece.TurnId < tail.Turn)
            {
                return;
            }

            var continues = piece.TurnId == tail.Turn && piece.Sequence == tail.Sequence;
            var repeated = continues ? tail.EndMs - piece.StartMs : 0;
            if (repeated > 0.5)
            {
                // A server that resumed repeats itself.
                var skip = Math.Min(piece.Pcm.Length, (int)Math.Round(repeated * Pcm.Rate / 1000));
                piece = piece with { Pcm = piece.Pcm[skip..], StartMs = tail.EndMs };
            }

            var missing = continues ? piece.StartMs > tail.EndMs + 1 : piece.StartMs > 1;
            Gaps += missing ? 1 : 0;
            if (queue.Count == 0 && Playing is null)
            {
                lead = Lead;
            }

            tail = (piece.TurnId, piece.Sequence, piece.StartMs + Pcm.Ms(piece.Pcm.Length), piece.Last);
            Playing = piece.TurnId;
            queue.Enqueue(piece);
        }
    }

    /// <summary>The server thinks that it is being interrupted.</summary>
    /// <returns>Where the sound stopped; null: none was playing.</returns>
    public Played? Pause(long turnId)
    {
        lock (gate)
        {
            paused = turnId;
            return Playing == turnId && heard.Turn == turnId ? new Played(heard.Turn, heard.Sequence, Math.Round(heard.Ms), "stopped") : null;
        }
    }

    public void Resume()
    {
        lock (gate)
        {
            paused = null;
        }
    }

    /// <summary>What is there of a turn, and of those before it, is not wanted any more.</summary>
    /// <returns>Where the sound was cut; null: none was playing.</returns>
    public Played? Stop(long turnId)
    {
        lock (gate)
        {
            if (Playing > turnId || Playing is null)
            {
                return null;
            }

            var cut = heard.Turn == Playing ? new Played(heard.Turn, heard.Sequence, Math.Round(heard.Ms), "stopped") : (Played?)null;
            queue.Clear();
            (offset, paused, Playing) = (0, null, null);
            tail = tail with { Last = true };
            return cut;
        }
    }

    /// <summary>The next frame; what began and ended in it is added to the reports.</summary>
    public void Read(Span<short> frame, List<Played> reports)
    {
        lock (gate)
        {
            frame.Clear();
            while (frame.Length > 0 && queue.TryPeek(out var piece) && piece.TurnId != paused)
            {
                var early = Math.Min(lead, frame.Length);
                lead -= early;
                frame = frame[early..];
                if (frame.Length > 0)
                {
                    frame = frame[Play(piece, frame, reports)..];
                }
            }

            if (queue.Count == 0 && Playing is not null && Playing != paused)
            {
                Underruns += tail.Last ? 0 : 1;
                Playing = null;
            }
        }
    }

    private int Play(Piece piece, Span<short> frame, List<Played> reports)
    {
        if ((heard.Turn, heard.Sequence) != (piece.TurnId, piece.Sequence))
        {
            reports.Add(new Played(piece.TurnId, piece.Sequence, piece.StartMs, "started"));
        }

        var count = Math.Min(frame.Length, piece.Pcm.Length - offset);
        piece.Pcm.AsSpan(offset, count).CopyTo(frame);
        offset += count;
        heard = (piece.TurnId, piece.Sequence, piece.StartMs + Pcm.Ms(offset));
        if (offset == piece.Pcm.Length)
        {
            queue.Dequeue();
            offset = 0;
            if (piece.Last)
            {
                reports.Add(new Played(piece.TurnId, piece.Sequence, Math.Round(heard.Ms), "finished"));
            }
        }

        return count;
    }
}
