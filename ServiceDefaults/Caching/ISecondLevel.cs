namespace Museum.ServiceDefaults.Caching;

/// <summary>What lies behind the memory: larger, slower, and longer-lived than the process.</summary>
internal interface ISecondLevel
{
    CacheLevel Level { get; }

    /// <summary>Null: not there. Throws when the level is away or too slow.</summary>
    Task<(byte[] Bytes, TimeSpan? Remaining)?> ReadAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Bytes; null: not there. Throws as <see cref="ReadAsync"/> does.</summary>
    Task<long?> WeighAsync(CacheKey key, CancellationToken cancellationToken);

    Task WriteAsync(CacheKey key, byte[] bytes, TimeSpan timeToLive, CancellationToken cancellationToken);

    Task DeleteAsync(CacheKey key, CancellationToken cancellationToken);

    /// <summary>Keeps within its bounds. The keys are those that memory answered for lately, so that they were not asked for here.</summary>
    void Tidy(IReadOnlyList<CacheKey> inUse);
}
