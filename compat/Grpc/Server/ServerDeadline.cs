namespace Grpc.AspNetCore.Server;

/// <summary>Ends a call at its deadline; its token fires then, or when the caller is gone.</summary>
#pragma warning disable CA1001 // StopAsync disposes both: the call that owns this is no disposable.
internal sealed class ServerDeadline
#pragma warning restore CA1001
{
    // A timer takes no longer wait than about 49 days; nobody waits that long for an answer.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(40);

    private readonly ServerCall _call;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _timeout;
    private readonly Lock _lock = new();
    private Task? _ending;
    private bool _isStopped;

    public ServerDeadline(ServerCall call, TimeSpan timeout)
    {
        _call = call;
        _timeout = timeout < s_longestWait ? timeout : s_longestWait;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Deadline = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);
        _source = CancellationTokenSource.CreateLinkedTokenSource(call.Http.RequestAborted);
        Token = _source.Token;
        _timer = TimeProvider.System.CreateTimer(
            static self => ((ServerDeadline)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public DateTime Deadline { get; }

    public CancellationToken Token { get; }

    // Rounded up: nothing may end before its time.
    public void Start() => _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(_timeout.TotalMilliseconds)), Timeout.InfiniteTimeSpan);

    /// <summary>Once this has returned, the deadline will touch the response no more.</summary>
    public async ValueTask StopAsync()
    {
        Task? ending;
        lock (_lock)
        {
            _isStopped = true;
            ending = _ending;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        if (ending is not null)
        {
            // The response must not be let go while it is being completed.
            await ending.ConfigureAwait(false);
        }

        _source.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (!_isStopped)
            {
                _ending = Task.Run(EndAsync);
            }
        }
    }

    private async Task EndAsync()
    {
        try
        {
            // First the token: the service should begin nothing new.
            var cancelled = _source.CancelAsync();
            await _call.EndAtDeadlineAsync().ConfigureAwait(false);
            await cancelled.ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or AggregateException)
        {
            // The connection ended at the same moment; there is nobody left to tell.
        }
    }
}
