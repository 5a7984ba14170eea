using Microsoft.Extensions.Options;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Lets sound out about 300 ms ahead of its playback: early enough that the client never runs dry, late enough that little is in flight
/// when the visitor interrupts. Thinks the client starts to play at the first chunk; after a gap, at the chunk that ends it. While the
/// voice is paused the client plays nothing, and everything is due so much later.
/// </summary>
internal sealed class Pacer(TimeProvider time, IOptionsMonitor<PacingOptions> options, VoicePause pause)
{
    private long? playedUpTo;
    private long shifted;

    /// <summary>How much of what was sent is still to be played.</summary>
    public TimeSpan Remaining => playedUpTo is { } end && end > time.GetTimestamp() ? time.GetElapsedTime(time.GetTimestamp(), end) : TimeSpan.Zero;

    /// <summary>Waits until <paramref name="duration"/> of sound is due, and counts it as sent.</summary>
    /// <returns>When its first sample will sound, in ticks of the clock.</returns>
    public async Task<long> WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        while (true)
        {
            await pause.Over.WaitAsync(cancellationToken);
            var now = time.GetTimestamp();
            var due = DueAt(now);
            var wait = time.GetElapsedTime(now, due) - options.CurrentValue.Lead;
            if (wait <= TimeSpan.Zero && !pause.IsPaused)
            {
                playedUpTo = due + (long)(duration.TotalSeconds * time.TimestampFrequency);
                return due;
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private long DueAt(long now)
    {
        var pausedFor = pause.PausedFor;
        playedUpTo += pausedFor - shifted;
        shifted = pausedFor;
        return Math.Max(playedUpTo ?? now, now);
    }
}
