namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// L1: a process's memory, bounded in bytes. What is over goes first, then low before normal before high priority, within one what was
/// not used for longest. The framework's MemoryCache refuses new entries while it is full and sorts all of them to make room.
/// </summary>
internal sealed class MemoryLevel<T>(Func<long> limit, CacheTags tags, TimeProvider time, CacheStatistics statistics)
{
    /// <summary>A value larger than this share of the memory would drive out too much else; the second level takes it.</summary>
    private const int LargestShare = 4;

    /// <summary>An entry with its node, its place in the dictionary and its key.</summary>
    private const int Overhead = 256;

    private readonly Lock sync = new();
    private readonly Dictionary<CacheKey, LinkedListNode<MemoryEntry<T>>> entries = [];

    // One list per priority, the least recently used first.
    private readonly LinkedList<MemoryEntry<T>>[] byPriority = [.. Enum.GetValues<CachePriority>().Select(_ => new LinkedList<MemoryEntry<T>>())];

    public long Bytes { get; private set; }

    public int Count => entries.Count;

    /// <param name="key">What is looked for.</param>
    /// <param name="wanted">A value that is asked for with a higher priority than it had has that one from now on.</param>
    public MemoryEntry<T>? Find(CacheKey key, CachePriority wanted)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (sync)
        {
            if (!entries.TryGetValue(key, out var node))
            {
                return null;
            }

            var entry = node.Value;
            if (WhyOver(entry, now) is { } reason)
            {
                Remove(node, reason);
                return null;
            }

            byPriority[(int)entry.Priority].Remove(node);
            entry.Priority = wanted > entry.Priority ? wanted : entry.Priority;
            entry.UsedAt = now;
            byPriority[(int)entry.Priority].AddLast(node);
            return entry;
        }
    }

    /// <summary>Its bytes, which is no use of it; null: not there, or over.</summary>
    public long? Weigh(CacheKey key)
    {
        lock (sync)
        {
            return entries.TryGetValue(key, out var node) && WhyOver(node.Value, time.GetUtcNow().UtcTicks) is null ? node.Value.Size : null;
        }
    }

    public void Add(MemoryEntry<T> entry)
    {
        entry.Size += Overhead;
        var most = limit();
        lock (sync)
        {
            if (entries.TryGetValue(entry.Key, out var old))
            {
                Remove(old, null);
            }

            if (entry.Size > most / LargestShare)
            {
                return;
            }

            Bytes += entry.Size;
            entries[entry.Key] = byPriority[(int)entry.Priority].AddLast(entry);
            MakeRoom(most, EvictionReason.Size);
        }
    }

    public void Remove(CacheKey key)
    {
        lock (sync)
        {
            if (entries.TryGetValue(key, out var node))
            {
                Remove(node, null);
            }
        }
    }

    /// <summary>Drops what is over.</summary>
    public void Sweep()
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (sync)
        {
            foreach (var node in entries.Values)
            {
                if (WhyOver(node.Value, now) is { } reason)
                {
                    Remove(node, reason);
                }
            }

            // The setting may be smaller than it was.
            MakeRoom(limit(), EvictionReason.Size);
        }
    }

    /// <summary>Gives up half of its memory.</summary>
    /// <returns>Bytes that were given up.</returns>
    public long Halve()
    {
        var before = Bytes;
        Sweep();
        lock (sync)
        {
            MakeRoom(before / 2, EvictionReason.Pressure);
            return before - Bytes;
        }
    }

    /// <summary>What was used since then (UTC ticks).</summary>
    public IReadOnlyList<CacheKey> UsedSince(long then)
    {
        lock (sync)
        {
            return [.. entries.Values.Where(n => n.Value.UsedAt > then).Select(n => n.Value.Key)];
        }
    }

    private void MakeRoom(long most, EvictionReason reason)
    {
        foreach (var list in byPriority)
        {
            while (Bytes > most && list.First is { } first)
            {
                Remove(first, reason);
            }
        }
    }

    private EvictionReason? WhyOver(MemoryEntry<T> entry, long now) =>
        entry.ExpiresAt <= now ? EvictionReason.Expired : tags.Hold(entry.Tags) ? null : EvictionReason.Invalidated;

    private void Remove(LinkedListNode<MemoryEntry<T>> node, EvictionReason? reason)
    {
        var entry = node.Value;
        entries.Remove(entry.Key);
        byPriority[(int)entry.Priority].Remove(node);
        Bytes -= entry.Size;
        if (reason is { } because)
        {
            statistics.Evicted(CacheLevel.Memory, because);
        }
    }
}

/// <summary>A value in memory. Times are UTC ticks.</summary>
internal sealed class MemoryEntry<T>
{
    public required CacheKey Key { get; init; }
    public required T Value { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; set; }
    public required CachePriority Priority { get; set; }

    /// <summary>From here on the value is stale.</summary>
    public required long FreshUntil { get; init; }

    /// <summary>From here on there is no value.</summary>
    public required long ExpiresAt { get; init; }
    public required IReadOnlyList<TagStamp> Tags { get; init; }
    public long UsedAt { get; set; }
}
