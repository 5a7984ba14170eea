using System.Diagnostics;
using System.Threading.Channels;

namespace Museum.Benchmarks.Visitors.Visits;

/// <summary>What a page reports of what it plays.</summary>
internal readonly record struct Report(long TurnId, int Sequence, double PlayedMs, string State);

/// <summary>
/// A page without a loudspeaker: gives every piece of sound its place on a clock, gapless, and reports each sentence's beginning and
/// end when they would be heard, and where the voice was cut (web/src/audio/soundSchedule.ts).
/// </summary>
internal sealed class Playback(Func<Report, Task> send)
{
    /// <summary>From the first piece's arrival to its first sound.</summary>
    private static readonly long Lead = Stopwatch.Frequency / 20;

    // Two for each sentence that the server is ahead: what does not fit is not reported, which the protocol allows.
    private readonly Channel<(long At, Report Report)> due = Channel.CreateBounded<(long, Report)>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite });
    private long playedUntil;
    private (long Turn, int Sequence, long StartedAt) playing;
    private long stoppedThrough;

    public void Place(in ServerMessage piece)
    {
        var now = Stopwatch.GetTimestamp();
        var from = playedUntil > now ? playedUntil : now + Lead;
        playedUntil = from + (long)(piece.DurationMs * Stopwatch.Frequency / 1000);
        if (piece.StartMs == 0)
        {
            playing = (piece.TurnId, piece.Sequence, from);
            due.Writer.TryWrite((from, new Report(piece.TurnId, piece.Sequence, 0, "started")));
        }

        if (piece.Last)
        {
            due.Writer.TryWrite((playedUntil, new Report(piece.TurnId, piece.Sequence, piece.StartMs + piece.DurationMs, "finished")));
        }
    }

    /// <returns>Where the voice was cut; null when nothing was playing.</returns>
    public Report? Stop()
    {
        var now = Stopwatch.GetTimestamp();
        var was = playedUntil > now && playing.StartedAt < now
            ? new Report(playing.Turn, playing.Sequence, Math.Round(Stopwatch.GetElapsedTime(playing.StartedAt, now).TotalMilliseconds), "stopped")
            : (Report?)null;
        playedUntil = 0;
        Volatile.Write(ref stoppedThrough, playing.Turn);
        return was;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (at, report) in due.Reader.ReadAllAsync(cancellationToken))
        {
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), at);
            if (wait > TimeSpan.Zero && report.TurnId > Volatile.Read(ref stoppedThrough))
            {
                await Task.Delay(wait, cancellationToken);
            }

            if (report.TurnId > Volatile.Read(ref stoppedThrough))
            {
                await send(report);
            }
        }
    }
}
