namespace Museum.ServiceDefaults.Limits;

/// <summary>
/// How many may be admitted at once, by additive increase and multiplicative decrease (D.-M. Chiu, R. Jain, 1989): one more per window
/// while what was admitted hardly waited, a factor of 0.7 when it did. The wait is that of admitted work for a thread or an engine, not
/// that in front of the limit: a limit that fell because of its own queue would lengthen it, and fall for ever.
/// Guarded by the limiter's lock.
/// </summary>
internal sealed class AdaptiveCount(TimeProvider time)
{
    private const double Decrease = 0.7;

    private long windowStart = time.GetTimestamp();
    private double waited;
    private int waits;
    private bool reached;

    public required int Limit { get; set; }

    /// <summary>Somebody had to wait in front of the limit: only then would a higher one change anything.</summary>
    public void Reached() => reached = true;

    public void Observe(TimeSpan wait)
    {
        waited += wait.TotalSeconds;
        waits++;
    }

    /// <summary>Adapts the limit when a window has passed.</summary>
    public void Adapt(LimitOptions options, long now)
    {
        var windows = time.GetElapsedTime(windowStart, now) / options.Window;
        if (windows < 1)
        {
            return;
        }

        if (waits > 0 && waited / waits > options.TargetWait.TotalSeconds)
        {
            Limit = (int)(Limit * Decrease);
        }
        else if (Limit < options.Base)
        {
            // Windows in which nothing happened count as well.
            Limit = (int)Math.Min(options.Base, Limit + Math.Floor(windows));
        }
        else if (reached)
        {
            Limit++;
        }

        Limit = Math.Clamp(Limit, options.Min, options.Max);
        (windowStart, waited, waits, reached) = (now, 0, 0, false);
    }
}
