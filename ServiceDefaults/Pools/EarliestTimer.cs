namespace Museum.ServiceDefaults.Pools;

/// <summary>One timer for whatever is due first. Guarded by its user's lock.</summary>
internal sealed class EarliestTimer : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long dueAt = long.MaxValue;

    /// <param name="time">The clock.</param>
    /// <param name="onDue">Called without the lock; begins with <see cref="Passed"/>.</param>
    public EarliestTimer(TimeProvider time, Action onDue)
    {
        this.time = time;
        timer = time.CreateTimer(_ => onDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What it was set to is being done.</summary>
    public void Passed() => dueAt = long.MaxValue;

    /// <summary>Sets it, unless it is set to something earlier.</summary>
    public void NotLaterThan(TimeSpan due)
    {
        var at = time.GetTimestamp() + (long)(Math.Max(0, due.TotalSeconds) * time.TimestampFrequency);
        if (at < dueAt)
        {
            dueAt = at;
            timer.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();
}
