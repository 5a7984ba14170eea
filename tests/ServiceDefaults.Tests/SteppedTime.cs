using System.Threading.Channels;

namespace Museum.ServiceDefaults.Tests;

/// <summary>A timer that somebody started and that waits to be fired by the test.</summary>
internal sealed class PendingTimer(TimeSpan due, Action callback)
{
    public TimeSpan Due => due;

    /// <returns>False: it is due later than <paramref name="below"/>, and was left alone.</returns>
    public bool Fire(TimeSpan? below = null)
    {
        if (due >= below)
        {
            return false;
        }

        callback();
        return true;
    }
}

/// <summary>A clock whose timers fire when the test says so.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly Channel<PendingTimer> timers = Channel.CreateUnbounded<PendingTimer>();

    public Task<PendingTimer> NextAsync() => timers.Reader.ReadAsync().AsTask();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            timers.Writer.TryWrite(new PendingTimer(dueTime, () => callback(state)));
        }

        return new Handle();
    }

    private sealed class Handle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
