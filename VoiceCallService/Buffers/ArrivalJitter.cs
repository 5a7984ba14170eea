namespace Museum.VoiceCallService.Buffers;

/// <summary>How unevenly frames come: the interarrival jitter of RFC 3550, 6.4.1, in seconds instead of units of a timestamp.</summary>
internal sealed class ArrivalJitter(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(20);

    // Longer, a visitor's question waits for a frame that was lost.
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(300);

    private (long At, long Sample)? last;

    public TimeSpan Jitter { get; private set; }

    /// <summary>How long a missing frame is waited for: four times the jitter, since it is a mean, within 20 to 300 ms.</summary>
    public TimeSpan Depth => TimeSpan.FromTicks(Math.Clamp(4 * Jitter.Ticks, Least.Ticks, Most.Ticks));

    /// <param name="sample">The frame's first.</param>
    public void Arrived(long sample)
    {
        var now = time.GetTimestamp();
        if (last is { } before)
        {
            var apart = time.GetElapsedTime(before.At, now) - TimeSpan.FromSeconds((sample - before.Sample) / (double)JitterBuffer.SampleRate);
            Jitter += (apart.Duration() - Jitter) / 16;
        }

        last = (now, sample);
    }
}
