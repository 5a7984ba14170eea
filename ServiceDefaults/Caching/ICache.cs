namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// Values of one kind, kept where <see cref="CacheKind{T}.Levels"/> says. A value that cannot be read or written is computed: a cache
/// that is away, full or corrupt costs time, never an answer. Null, false and empty are values like any other.
/// </summary>
public interface ICache<T>
{
    /// <summary>
    /// The value, computed at most once however many ask for it at the same time. Who gives up leaves the others their computation; when the
    /// last has given up, it is cancelled. What <paramref name="create"/> throws goes to all who wait for it, and is not kept.
    /// </summary>
    /// <param name="key">Everything that the value depends on.</param>
    /// <param name="create">Runs outside of the caller's thread, with a token of its own.</param>
    /// <param name="options">Null: the kind's.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    ValueTask<T> GetOrCreateAsync(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The value, if it is kept on any level.</summary>
    ValueTask<Cached<T>> GetAsync(CacheKey key, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many bytes the value takes where it is kept, without fetching it, and without counting as a use; null: it is not kept. It may still
    /// turn out to be over when it is fetched.
    /// </summary>
    ValueTask<long?> WeighAsync(CacheKey key, CancellationToken cancellationToken = default);

    /// <summary>Keeps a value that was made elsewhere, a stream's for instance. In memory at once, on the second level soon.</summary>
    void Set(CacheKey key, T value, CacheEntryOptions? options = null);

    /// <summary>Forgets a value on this replica and on the second level, also one that is being computed now. Many, or on all replicas: <see cref="CacheTags.InvalidateAsync"/>.</summary>
    Task RemoveAsync(CacheKey key, CancellationToken cancellationToken = default);
}

/// <summary>What was found: a value that may be null, or (default) nothing.</summary>
public readonly record struct Cached<T>(bool Found, T Value);

/// <summary>What goes first when memory is short: low, then normal, then high; within one, what was not used for longest.</summary>
public enum CachePriority
{
    Low,
    Normal,
    High,
}

/// <summary>How one value is kept; what is null here is the kind's setting.</summary>
public sealed record CacheEntryOptions
{
    public static readonly CacheEntryOptions Default = new();

    /// <summary>For something that nobody asked for yet: the first to go, and normal as soon as somebody asks.</summary>
    public static readonly CacheEntryOptions Foreseen = new() { Priority = CachePriority.Low };

    /// <summary>The same, on the second level alone where there is one: memory is for what was asked for.</summary>
    public static readonly CacheEntryOptions Shelved = new() { Priority = CachePriority.Low, SpareMemory = true };

    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Of values that say "nothing" (<see cref="CacheKind{T}.IsNegative"/>). Zero: they are not kept.</summary>
    public TimeSpan? NegativeTimeToLive { get; init; }

    /// <summary>After its time to live a value is still given out for so long, while it is computed anew in the background.</summary>
    public TimeSpan? StaleFor { get; init; }

    public CachePriority Priority { get; init; } = CachePriority.Normal;

    /// <summary>It is not put into memory by being made, only by being asked for.</summary>
    public bool SpareMemory { get; init; }

    /// <summary>Invalidating one of them makes the value invalid on every replica.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Bytes; null: <see cref="CacheKind{T}.SizeOf"/> tells.</summary>
    public long? Size { get; init; }
}
