using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Museum.ServiceDefaults.Limits;

/// <summary>The right to be worked on, until it is disposed; disposing again does nothing.</summary>
internal sealed class AdmittedLease(AdaptiveLimiter limiter, long since) : RateLimitLease
{
    private AdaptiveLimiter? limiter = limiter;

    public override bool IsAcquired => true;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        Interlocked.Exchange(ref limiter, null)?.Release(since);
        base.Dispose(disposing);
    }
}

/// <summary>Not admitted; says when to come back.</summary>
internal sealed class RefusedLease(TimeSpan retryAfter) : RateLimitLease
{
    public override bool IsAcquired => false;

    public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
        return metadata is not null;
    }
}
