using Microsoft.Extensions.Options;

namespace Museum.VoiceCallService.Turns;

/// <summary>
/// Lets sound out about 300 ms ahead of its playback: early enough that the client never runs dry, late enough that little is in flight
/// when the visitor interrupts. Thinks the client starts to play at the first chunk; after a gap, at the chunk that ends it.
/// </summary>
internal sealed class Pacer(TimeProvider time, IOptionsMonitor<PacingOptions> options)
{
    private long? playedUpTo;

    /// <summary>Waits until <paramref name="duration"/> of sound is due, and counts it as sent.</summary>
    public async Task WaitAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var due = playedUpTo ?? now;
        if (due < now)
        {
            due = now;
        }

        playedUpTo = due + (long)(duration.TotalSeconds * time.TimestampFrequency);
        var wait = time.GetElapsedTime(now, due) - options.CurrentValue.Lead;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>How much of what was sent is still to be played.</summary>
    public TimeSpan Remaining => playedUpTo is { } end && end > time.GetTimestamp() ? time.GetElapsedTime(time.GetTimestamp(), end) : TimeSpan.Zero;
}
