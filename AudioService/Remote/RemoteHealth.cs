using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Remote;

/// <summary>
/// Whether a remote service can be asked, known from the last sentence that it was asked for, so that a probe of a service that is well
/// costs nothing. After a failure a probe knocks, at most every 5 s, and waits no longer than that.
/// </summary>
internal sealed class RemoteHealth(TimeProvider time)
{
    private static readonly TimeSpan KnockEvery = TimeSpan.FromSeconds(5);

    private volatile MuseumException? failure;
    private DateTimeOffset knockedAt;

    /// <summary>Null: well. Else the reason.</summary>
    public async ValueTask<string?> ProbeAsync(Func<CancellationToken, Task> knock, CancellationToken ct)
    {
        if (failure is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (now - knockedAt < KnockEvery)
        {
            return failure?.Message;
        }

        knockedAt = now;
        try
        {
            using var late = new CancellationTokenSource(KnockEvery, time);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
            await knock(limit.Token);
            failure = null;
        }
        catch (MuseumException e)
        {
            Report(e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The failure that made us knock still stands.
        }

        return failure?.Message;
    }

    /// <summary>Remembers how <paramref name="work"/> ends.</summary>
    public async Task WatchAsync(Func<Task> work)
    {
        try
        {
            await work();
            Well();
        }
        catch (MuseumException e)
        {
            Report(e);
            throw;
        }
    }

    public void Well() => failure = null;

    public void Report(MuseumException reason)
    {
        failure = reason;
        knockedAt = time.GetUtcNow();
    }
}
