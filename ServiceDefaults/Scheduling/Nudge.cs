namespace Museum.ServiceDefaults.Scheduling;

/// <summary>
/// Wakes the one loop that otherwise sleeps for its time. Nudges that come while it is awake are one, and are not lost: it goes round once
/// more.
/// </summary>
public sealed class Nudge(TimeProvider time)
{
    private volatile TaskCompletionSource given = NewSignal();

    public void Give() => given.TrySetResult();

    /// <summary>What it was given for is just about to be done.</summary>
    public void Forget() => given = NewSignal();

    /// <summary>Returns after a nudge, the time, or the cancellation, whichever is first; never throws.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        await given.Task.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        // One that is given between the two lines is answered by what the loop does next.
        Forget();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
