namespace Grpc.Net.Client;

/// <summary>Ends a call at an absolute time.</summary>
internal sealed class CallDeadline : IDisposable
{
    // A timer takes no longer wait than about 49 days.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(1);

    private readonly DateTime _deadline;
    private readonly ClientCall _call;
    private readonly ITimer _timer;

    private CallDeadline(DateTime deadline, ClientCall call)
    {
        _deadline = deadline;
        _call = call;
        _timer = TimeProvider.System.CreateTimer(
            static self => ((CallDeadline)self!).Start(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan TimeLeft => _deadline - TimeProvider.System.GetUtcNow().UtcDateTime;

    public static CallDeadline? Of(DateTime? deadline, ClientCall call)
    {
        if (deadline is null || deadline == DateTime.MaxValue)
        {
            return null;
        }

        return deadline.Value.Kind == DateTimeKind.Utc || deadline == DateTime.MinValue
            ? new CallDeadline(deadline.Value, call)
            : throw new InvalidOperationException(
                "Deadline must have a kind DateTimeKind.Utc or be equal to DateTime.MaxValue or DateTime.MinValue.");
    }

    /// <summary>Waits on, or ends the call if its time is over.</summary>
    public void Start()
    {
        if (TimeLeft > TimeSpan.Zero)
        {
            _timer.Change(NextWait(), Timeout.InfiniteTimeSpan);
        }
        else
        {
            _call.OnDeadline();
        }
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan NextWait()
    {
        var left = TimeLeft;
        return left > s_longestWait ? s_longestWait : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
    }
}
