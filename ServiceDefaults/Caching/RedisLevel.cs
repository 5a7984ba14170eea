using Museum.ServiceDefaults.Redis;

namespace Museum.ServiceDefaults.Caching;

/// <summary>L2. Redis itself forgets what is over, and tells how long a value still lives, so that the replicas' clocks do not matter.</summary>
internal sealed class RedisLevel(string kind, RedisStore redis) : ISecondLevel
{
    // A value that takes longer to fetch is sooner made; a frozen Redis costs no question more than this.
    private static readonly TimeSpan ReadDeadline = TimeSpan.FromMilliseconds(100);

    public CacheLevel Level => CacheLevel.Redis;

    public async Task<(byte[] Bytes, TimeSpan? Remaining)?> ReadAsync(CacheKey key, CancellationToken cancellationToken)
    {
        var found = await redis.RunAsync(db => db.StringGetWithExpiryAsync(Name(key)), cancellationToken).WaitAsync(ReadDeadline, cancellationToken);
        return found.Value.HasValue ? ((byte[])found.Value!, found.Expiry) : null;
    }

    public async Task<long?> WeighAsync(CacheKey key, CancellationToken cancellationToken) =>
        await redis.RunAsync(db => db.StringLengthAsync(Name(key)), cancellationToken).WaitAsync(ReadDeadline, cancellationToken) is var length and > 0 ? length : null;

    public Task WriteAsync(CacheKey key, byte[] bytes, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        redis.RunAsync(db => db.StringSetAsync(Name(key), bytes, timeToLive), cancellationToken);

    public Task DeleteAsync(CacheKey key, CancellationToken cancellationToken) => redis.RunAsync(db => db.KeyDeleteAsync(Name(key)), cancellationToken);

    public void Tidy(IReadOnlyList<CacheKey> inUse)
    {
        // Redis bounds itself (maxmemory, volatile-lru).
    }

    // museum:cache:{kind}:{key} "string": one value with its header (StoredEntry), SETEX.
    private string Name(CacheKey key) => $"museum:cache:{kind}:{key}";
}
