namespace Museum.TestKit;

/// <summary>A clock whose time and timers stand still until they are moved: <see cref="Advance"/> fires what is due, in order, each at its own moment.</summary>
/// <param name="realTimers">
/// Only the time stands still, and begins now; timers run as ever. For whole services, whose own loops have to go on, and whose tokens others check by the machine's clock.
/// </param>
public sealed class ManualTime(bool realTimers = false) : TimeProvider
{
    private readonly Lock sync = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = realTimers ? DateTimeOffset.UtcNow : new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait: how a test knows that what it started has come to its pause.</summary>
    public int Waiting
    {
        get
        {
            lock (sync)
            {
                return timers.Count;
            }
        }
    }

    /// <summary>How far away the next timer is; null: none waits.</summary>
    public TimeSpan? UntilNext
    {
        get
        {
            lock (sync)
            {
                return timers.Count == 0 ? null : timers.Min(t => t.DueAt) - now;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (realTimers)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves to the next timer that is due by then, or to the end.</summary>
    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (sync)
        {
            var next = timers.Where(t => t.DueAt <= end).MinBy(t => t.DueAt);
            now = next is null ? end : next.DueAt > now ? next.DueAt : now;
            if (next is not null)
            {
                timers.Remove(next);
                next.Rearm(timers);
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset DueAt { get; private set; }

        public void Fire() => callback(state);

        public void Rearm(List<ManualTimer> waiting)
        {
            if (period > TimeSpan.Zero)
            {
                DueAt += period;
                waiting.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan every)
        {
            lock (clock.sync)
            {
                clock.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (DueAt, period) = (clock.now + dueTime, every);
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
