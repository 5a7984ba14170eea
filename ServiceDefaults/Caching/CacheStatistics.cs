namespace Museum.ServiceDefaults.Caching;

internal enum CacheLevel
{
    Memory,
    Redis,
    Files,
}

internal enum CacheOutcome
{
    Hit,

    /// <summary>Given out past its time to live, and computed anew behind.</summary>
    Stale,
    Miss,

    /// <summary>The level is away or too slow, or what it holds cannot be read.</summary>
    Error,
}

internal enum EvictionReason
{
    Size,
    Expired,
    Invalidated,
    Pressure,
    Corrupt,
}

/// <summary>What happened in a cache, counted where it happens: an addition costs a hit no more than a nanosecond.</summary>
internal sealed class CacheStatistics
{
    private static readonly int Outcomes = Enum.GetValues<CacheOutcome>().Length;
    private static readonly int Reasons = Enum.GetValues<EvictionReason>().Length;

    private readonly long[] requests = new long[Enum.GetValues<CacheLevel>().Length * Outcomes];
    private readonly long[] evictions = new long[Enum.GetValues<CacheLevel>().Length * Reasons];
    private long computations;
    private long droppedWrites;

    public long Computations => Interlocked.Read(ref computations);

    public long DroppedWrites => Interlocked.Read(ref droppedWrites);

    public long Requests(CacheLevel level, CacheOutcome outcome) => Interlocked.Read(ref requests[((int)level * Outcomes) + (int)outcome]);

    public long Evictions(CacheLevel level, EvictionReason reason) => Interlocked.Read(ref evictions[((int)level * Reasons) + (int)reason]);

    public void Asked(CacheLevel level, CacheOutcome outcome) => Interlocked.Increment(ref requests[((int)level * Outcomes) + (int)outcome]);

    public void Evicted(CacheLevel level, EvictionReason reason) => Interlocked.Increment(ref evictions[((int)level * Reasons) + (int)reason]);

    public void Computed() => Interlocked.Increment(ref computations);

    public void WriteDropped() => Interlocked.Increment(ref droppedWrites);
}
