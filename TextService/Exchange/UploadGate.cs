using System.Threading.RateLimiting;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Exchange;

/// <summary>Lets one upload be read at a time: unpacked and parsed each takes some hundred megabytes.</summary>
internal sealed class UploadGate : IDisposable
{
    // As many as imports may wait (Importer): more would be refused there.
    public const int MostWaiting = 4;

    private readonly ConcurrencyLimiter uploads = new(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = MostWaiting });

    /// <summary>To be disposed of when it is read.</summary>
    /// <exception cref="ResourceException">Too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        var lease = await uploads.AcquireAsync(1, ct);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new ResourceException("imports_busy", "Other uploads have to be read first.");
    }

    public void Dispose() => uploads.Dispose();
}
