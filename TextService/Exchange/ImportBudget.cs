using System.Threading.RateLimiting;
using Museum.ServiceDefaults.Errors;

namespace Museum.TextService.Exchange;

/// <summary>Bounds how much text of imports is in memory at once, from the reading of an upload to the end of its import.</summary>
/// <param name="mostBytes">As it was sent, unpacked; in memory it takes about three times as much.</param>
internal sealed class ImportBudget(long mostBytes = ImportBudget.MostBytes) : IDisposable
{
    // The largest upload (Upload.MostBytes), and some small ones that wait for it.
    private const long MostBytes = 128 * 1024 * 1024;
    private const int Kilobyte = 1024;

    private readonly ConcurrencyLimiter kilobytes = new(new ConcurrencyLimiterOptions { PermitLimit = (int)(mostBytes / Kilobyte), QueueLimit = 0 });

    /// <summary>To be disposed of when its import has ended.</summary>
    /// <exception cref="ResourceException"><c>imports_busy</c>: those that wait have too much already.</exception>
    public IDisposable Take(long bytes)
    {
        var lease = kilobytes.AttemptAcquire((int)Math.Min(mostBytes / Kilobyte, (bytes / Kilobyte) + 1));
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw new ResourceException("imports_busy", "Other imports have to end first.");
    }

    public void Dispose() => kilobytes.Dispose();
}
