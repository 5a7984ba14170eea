using System.Collections.Immutable;
using System.Globalization;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Redis;
using StackExchange.Redis;

namespace Museum.ServiceDefaults.Caching;

/// <summary>The generation of a tag when a value's making began.</summary>
internal readonly record struct TagStamp(string Tag, ulong Generation);

/// <summary>
/// Tags in generations: a value holds as long as each of its tags has the generation that it had when the value's making began. A new
/// generation is a random number, so that two replicas that invalidate at once, or apart while Redis is away, never agree by chance. It
/// holds here at once and on every replica within 500 ms; what Redis was not told is told when it is back.
/// </summary>
public sealed class CacheTags(RedisStore redis) : IVersionedState
{
    // museum:cache:tags "hash": the generation of each tag that was ever invalidated. Tags are few: names of exhibits, models, providers.
    private const string Key = "museum:cache:tags";

    private ImmutableDictionary<string, ulong> generations = ImmutableDictionary<string, ulong>.Empty;
    private ImmutableHashSet<string> untold = [];

    public string Name => "cache-tags";

    public bool IsStale => !untold.IsEmpty;

    /// <summary>Makes every value with this tag invalid, in every cache of every replica.</summary>
    public async Task InvalidateAsync(string tag, CancellationToken cancellationToken)
    {
        var generation = NewGeneration();
        ImmutableInterlocked.AddOrUpdate(ref generations, tag, generation, (_, _) => generation);
        ImmutableInterlocked.Update(ref untold, (set, told) => set.Add(told), tag);
        try
        {
            await TellAsync([tag], cancellationToken);
        }
        catch (DependencyException)
        {
            // It is invalid here; the watcher tells the others when Redis is back.
        }
    }

    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        // What is invalidated here while the store is read is newer than what was read.
        var before = generations;
        var stored = await redis.RunAsync(db => db.HashGetAllAsync(Key), cancellationToken);
        foreach (var (tag, value) in stored.Select(s => (s.Name.ToString(), s.Value.ToString())))
        {
            if (!untold.Contains(tag) && ulong.TryParse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var generation))
            {
                ImmutableInterlocked.AddOrUpdate(ref generations, tag, generation, (_, now) => now == before.GetValueOrDefault(tag) ? generation : now);
            }
        }

        // A Redis that lost its memory must not make old values hold again.
        var lost = generations.Keys.Except(stored.Select(s => s.Name.ToString()));
        await TellAsync([.. untold.Union(lost)], cancellationToken);
    }

    internal IReadOnlyList<TagStamp> Stamp(IReadOnlyList<string> tags) =>
        tags.Count == 0 ? [] : [.. tags.Select(tag => new TagStamp(tag, generations.GetValueOrDefault(tag)))];

    internal bool Hold(IReadOnlyList<TagStamp> stamps)
    {
        for (var i = 0; i < stamps.Count; i++)
        {
            if (generations.GetValueOrDefault(stamps[i].Tag) != stamps[i].Generation)
            {
                return false;
            }
        }

        return true;
    }

    private async Task TellAsync(IReadOnlyCollection<string> tags, CancellationToken cancellationToken)
    {
        if (tags.Count == 0)
        {
            return;
        }

        var entries = tags.Select(tag => new HashEntry(tag, generations[tag].ToString("x", CultureInfo.InvariantCulture))).ToArray();
        await redis.RunAsync(
            async db =>
            {
                var change = db.CreateTransaction();
                _ = change.HashSetAsync(Key, entries);
                VersionedStateWatcher.Announce(change, Name);
                return await change.ExecuteAsync();
            },
            cancellationToken);
        ImmutableInterlocked.Update(ref untold, (set, told) => set.Except(told), tags);
    }

    // Never 0, which is the generation of a tag that was never invalidated.
    private static ulong NewGeneration() => (ulong)Random.Shared.NextInt64(1, long.MaxValue);
}
