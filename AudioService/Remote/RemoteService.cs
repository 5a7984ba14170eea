using System.Net;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Remote;

/// <summary>A service on the internet, as its failures are told: each of them sends the sentence, or the utterance, on to the next provider.</summary>
/// <param name="Name">For people.</param>
/// <param name="Code">What its error codes start with.</param>
/// <param name="KeySetting">The setting that holds its key, or what stands for one.</param>
internal sealed record RemoteService(string Name, string Code, string KeySetting)
{
    public DependencyException NoKey() => new($"{Code}_no_key", $"{Name} has no key: set {KeySetting} (environment {KeySetting.Replace(":", "__", StringComparison.Ordinal)}).") { Refused = true };

    public DependencyException Unreachable(Exception cause) => new($"{Code}_unreachable", $"{Name} cannot be reached.", cause);

    public DependencyException BrokeOff(Exception? cause = null) => new($"{Code}_broke_off", $"{Name} ended the connection in the middle of a sentence.", cause);

    public DependencyException Garbled(Exception? cause = null) => new($"{Code}_malformed", $"{Name} answered with something else than its protocol says.", cause);

    public bool IsBrokenOff(MuseumException failure) => failure.Code == $"{Code}_broke_off";

    public DependencyException Failed(string reason) => new($"{Code}_failed", $"{Name} failed: {reason}");

    public ResourceException Throttled(TimeSpan? retryAfter = null) =>
        new($"{Code}_throttled", $"{Name} wants fewer requests for now.") { RetryAfter = retryAfter };

    public DependencyException KeyRefused() => new($"{Code}_key_refused", $"{Name} refused the key: renew {KeySetting}.") { Refused = true };

    public MuseumException Refused(HttpStatusCode status, TimeSpan? retryAfter = null) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => KeyRefused(),
        HttpStatusCode.TooManyRequests => Throttled(retryAfter),
        _ => new DependencyException($"{Code}_refused", $"{Name} answered with status {(int)status}."),
    };

    /// <summary>Throws <see cref="DependencyException"/> (<c>…_timeout</c>) when <paramref name="work"/> takes longer than <paramref name="limit"/>.</summary>
    public async Task<T> WithinAsync<T>(TimeSpan limit, TimeProvider time, string what, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await work(deadline.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new DependencyException($"{Code}_timeout", $"{Name} did not {what} within {limit.TotalSeconds:0.###} s.", e);
        }
    }
}
