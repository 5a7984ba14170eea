namespace Museum.VoiceCallService.Realtime;

/// <summary>The socket that shows a call to the visitor, or since when there is none. Not thread-safe: the outbox has a lock.</summary>
internal sealed class ShownSocket(TimeProvider time)
{
    /// <summary>So long the answer runs on for nobody (architecture.md, Rules of the turn).</summary>
    private static readonly TimeSpan RunsOnFor = TimeSpan.FromSeconds(30);

    private TaskCompletionSource attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long detachedAt = time.GetTimestamp();

    /// <summary>Null: nobody is there.</summary>
    public SocketWriter? Writer { get; private set; }

    public void Attach(SocketWriter to)
    {
        Writer = to;
        attached.TrySetResult();
    }

    /// <summary>Another may have taken its place already.</summary>
    public void Detach(SocketWriter from)
    {
        if (Writer == from)
        {
            Writer = null;
            detachedAt = time.GetTimestamp();
            attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Whoever waits for one goes on without.</summary>
    public void WaitNoMore() => attached.TrySetResult();

    /// <summary>Asked while there is none; what follows is waited for without the lock.</summary>
    /// <returns>False: nobody has come back in time.</returns>
    public async Task<bool> ReturnsAsync(CancellationToken cancellationToken)
    {
        var left = RunsOnFor - time.GetElapsedTime(detachedAt);
        try
        {
            await attached.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
