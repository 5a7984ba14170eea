using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Caching;

/// <summary>
/// The cache of a kind:
/// <code>
/// 1 memory                  hit: at once; stale: at once, and computed anew behind
/// 2 single flight           one of all who ask goes on
/// 3 second level            hit: into memory, for the time that it still lives
/// 4 the computation         into memory now, to the second level behind
/// </code>
/// </summary>
internal sealed class LeveledCache<T> : ICache<T>, IKeptCache
{
    /// <summary>For a computation that nobody waits for.</summary>
    private static readonly TimeSpan RefreshDeadline = TimeSpan.FromSeconds(30);

    /// <summary>More stale values at once are given out without being renewed; the next to ask may be luckier.</summary>
    private const int MostRefreshes = 4;

    /// <summary>A value of low priority and this size is cheaper made than fetched.</summary>
    private const int SmallBytes = 1_024;

    private readonly CacheKind<T> kind;
    private readonly IOptionsMonitor<CacheOptions> options;
    private readonly CacheTags tags;
    private readonly ISecondLevel? second;
    private readonly SecondLevelWriter writer;
    private readonly TimeProvider time;
    private readonly MemoryLevel<T> memory;
    private readonly Flights<T> flights = new();
    private int refreshes;
    private long removals;
    private long tidied;

    public LeveledCache(
        CacheKind<T> kind, IOptionsMonitor<CacheOptions> options, CacheTags tags, CacheStatistics statistics, ISecondLevel? second, SecondLevelWriter writer, TimeProvider time)
    {
        (this.kind, this.options, this.tags, Statistics, this.second, this.writer, this.time) = (kind, options, tags, statistics, second, writer, time);
        memory = new MemoryLevel<T>(() => Settings.MemoryBytes, tags, time, statistics);
    }

    public string Kind => kind.Name;

    public CacheStatistics Statistics { get; }

    public long Bytes => memory.Bytes;

    public int Count => memory.Count;

    private CacheOptions Settings => options.Get(kind.Name);

    public ValueTask<T> GetOrCreateAsync(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= CacheEntryOptions.Default;
        if (!Settings.Enabled)
        {
            return new ValueTask<T>(create(cancellationToken));
        }

        if (memory.Find(key, options.Priority) is not { } entry)
        {
            return JoinAsync(key, create, options, cancellationToken);
        }

        if (IsFresh(entry))
        {
            Statistics.Asked(CacheLevel.Memory, CacheOutcome.Hit);
        }
        else
        {
            Statistics.Asked(CacheLevel.Memory, CacheOutcome.Stale);
            Refresh(key, create, options);
        }

        return new ValueTask<T>(entry.Value);
    }

    public async ValueTask<Cached<T>> GetAsync(CacheKey key, CancellationToken cancellationToken = default)
    {
        if (!Settings.Enabled)
        {
            return default;
        }

        if (memory.Find(key, CachePriority.Normal) is { } entry)
        {
            Statistics.Asked(CacheLevel.Memory, IsFresh(entry) ? CacheOutcome.Hit : CacheOutcome.Stale);
            return new Cached<T>(true, entry.Value);
        }

        Statistics.Asked(CacheLevel.Memory, CacheOutcome.Miss);
        return await PromoteAsync(key, CachePriority.Normal, cancellationToken) is { } promoted ? new Cached<T>(true, promoted.Value) : default;
    }

    public async ValueTask<long?> WeighAsync(CacheKey key, CancellationToken cancellationToken = default)
    {
        if (!Settings.Enabled)
        {
            return null;
        }

        try
        {
            return memory.Weigh(key) ?? (second is null ? null : await second.WeighAsync(key, cancellationToken));
        }
        catch (Exception e) when (IsAway(e))
        {
            return null;
        }
    }

    public void Set(CacheKey key, T value, CacheEntryOptions? options = null)
    {
        options ??= CacheEntryOptions.Default;
        Keep(key, value, options, tags.Stamp(options.Tags));
    }

    public async Task RemoveAsync(CacheKey key, CancellationToken cancellationToken = default)
    {
        // What is being computed now was begun before.
        Interlocked.Increment(ref removals);
        memory.Remove(key);
        if (second is not null)
        {
            await writer.RunAsync(token => second.DeleteAsync(key, token), cancellationToken);
        }
    }

    public long Halve() => memory.Halve();

    public void Tidy()
    {
        memory.Sweep();
        var since = Interlocked.Exchange(ref tidied, time.GetUtcNow().UtcTicks);
        second?.Tidy(memory.UsedSince(since));
    }

    private static bool IsAway(Exception e) => e is DependencyException or TimeoutException or IOException or UnauthorizedAccessException;

    private bool IsFresh(MemoryEntry<T> entry) => time.GetUtcNow().UtcTicks < entry.FreshUntil;

    private async ValueTask<T> JoinAsync(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions options, CancellationToken cancellationToken)
    {
        Statistics.Asked(CacheLevel.Memory, CacheOutcome.Miss);
        return await flights.JoinAsync(key, token => LoadAsync(key, create, options, token), cancellationToken);
    }

    private async Task<T> LoadAsync(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions options, CancellationToken cancellationToken)
    {
        // A flight may have landed between this caller's look into memory and its boarding.
        if ((memory.Find(key, options.Priority) ?? await PromoteAsync(key, options.Priority, cancellationToken)) is { } entry)
        {
            return entry.Value;
        }

        return await ComputeAsync(key, create, options, cancellationToken);
    }

    private async Task<T> ComputeAsync(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions options, CancellationToken cancellationToken)
    {
        // Before the computation: what is invalidated while it runs may have come too late for it.
        var stamps = tags.Stamp(options.Tags);
        var removed = Interlocked.Read(ref removals);
        Statistics.Computed();
        var value = await create(cancellationToken);
        if (removed == Interlocked.Read(ref removals))
        {
            Keep(key, value, options, stamps);
        }

        return value;
    }

    private void Refresh(CacheKey key, Func<CancellationToken, Task<T>> create, CacheEntryOptions options)
    {
        if (Interlocked.Increment(ref refreshes) > MostRefreshes
            || flights.TryStart(key, token => ComputeAsync(key, create, options, token), RefreshDeadline) is not { } flight)
        {
            Interlocked.Decrement(ref refreshes);
            return;
        }

        _ = flight.ContinueWith(_ => Interlocked.Decrement(ref refreshes), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task<MemoryEntry<T>?> PromoteAsync(CacheKey key, CachePriority wanted, CancellationToken cancellationToken)
    {
        if (second is null)
        {
            return null;
        }

        try
        {
            var entry = await second.ReadAsync(key, cancellationToken) is { } found ? await UnpackAsync(key, found.Bytes, found.Remaining, wanted) : null;
            Statistics.Asked(second.Level, entry is null ? CacheOutcome.Miss : CacheOutcome.Hit);
            if (entry is not null)
            {
                memory.Add(entry);
            }

            return entry;
        }
        catch (Exception e) when (IsAway(e))
        {
            Statistics.Asked(second.Level, CacheOutcome.Error);
            return null;
        }
    }

    /// <summary>Null: over, invalid or damaged; it is deleted then.</summary>
    private async Task<MemoryEntry<T>?> UnpackAsync(CacheKey key, byte[] bytes, TimeSpan? remaining, CachePriority wanted)
    {
        var now = time.GetUtcNow();
        var stored = StoredEntry.Read(bytes);
        var expiresAt = remaining is { } left ? now.UtcTicks + left.Ticks : stored?.ExpiresAt.Ticks ?? 0;
        EvictionReason? over = stored is null ? EvictionReason.Corrupt
            : expiresAt <= now.UtcTicks ? EvictionReason.Expired
            : !tags.Hold(stored.Tags) ? EvictionReason.Invalidated
            : null;
        if (over is null)
        {
            try
            {
                var value = stored!.Payload is { } payload ? kind.Read(payload) : default!;
                return new MemoryEntry<T>
                {
                    Key = key,
                    Value = value,
                    Size = value is null ? 0 : kind.SizeOf(value),
                    Priority = wanted > stored.Priority ? wanted : stored.Priority,
                    FreshUntil = expiresAt - stored.StaleFor.Ticks,
                    ExpiresAt = expiresAt,
                    Tags = stored.Tags,
                };
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Written by another version, whatever that is: a cache never fails a request.
                over = EvictionReason.Corrupt;
            }
        }

        Statistics.Evicted(second!.Level, over.Value);
        await second.DeleteAsync(key, CancellationToken.None);
        return null;
    }

    private void Keep(CacheKey key, T value, CacheEntryOptions entryOptions, IReadOnlyList<TagStamp> stamps)
    {
        var settings = Settings;
        var negative = kind.IsNegative(value);
        var timeToLive = negative ? entryOptions.NegativeTimeToLive ?? settings.NegativeTimeToLive : entryOptions.TimeToLive ?? settings.TimeToLive;
        if (!settings.Enabled || timeToLive <= TimeSpan.Zero || !kind.MayKeep(value))
        {
            return;
        }

        var staleFor = entryOptions.StaleFor ?? settings.StaleFor;
        var freshUntil = time.GetUtcNow() + timeToLive;
        var entry = new MemoryEntry<T>
        {
            Key = key,
            Value = value,
            Size = entryOptions.Size ?? (value is null ? 0 : kind.SizeOf(value)),
            Priority = entryOptions.Priority,
            FreshUntil = freshUntil.UtcTicks,
            ExpiresAt = (freshUntil + staleFor).UtcTicks,
            Tags = stamps,
        };
        var shared = entry.Priority > CachePriority.Low || entry.Size > SmallBytes;
        if (!entryOptions.SpareMemory || second is null)
        {
            memory.Add(entry);
        }

        if (second is not null && shared && !writer.TryAdd(token => WriteAsync(entry, staleFor, timeToLive + staleFor, token)))
        {
            Statistics.WriteDropped();
        }
    }

    private Task WriteAsync(MemoryEntry<T> entry, TimeSpan staleFor, TimeSpan lives, CancellationToken cancellationToken)
    {
        var stored = new StoredEntry
        {
            Payload = entry.Value is null ? (ReadOnlyMemory<byte>?)null : kind.Write(entry.Value),
            ExpiresAt = new DateTime(entry.ExpiresAt, DateTimeKind.Utc),
            StaleFor = staleFor,
            Priority = entry.Priority,
            Tags = entry.Tags,
        };
        return second!.WriteAsync(entry.Key, stored.Write(), lives, cancellationToken);
    }
}
