namespace Museum.ServiceDefaults.Redis;

/// <summary>Wakes a loop that otherwise sleeps for its time; nudges that come while it is awake are one.</summary>
internal sealed class Nudge : IDisposable
{
    private readonly SemaphoreSlim given = new(0, 1);

    public void Give()
    {
        if (given.CurrentCount == 0)
        {
            try
            {
                given.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another was quicker; one is enough.
            }
        }
    }

    /// <summary>Returns after a nudge, the time, or the cancellation, whichever is first; never throws.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        await ((Task)given.WaitAsync(atMost, cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    public void Dispose() => given.Dispose();
}
