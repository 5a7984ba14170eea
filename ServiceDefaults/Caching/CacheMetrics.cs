using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Caching;

/// <summary>The meter <c>Museum.Cache</c>: requests, computations and evictions by kind and level, and how full the memory is.</summary>
internal sealed class CacheMetrics
{
    public const string MeterName = "Museum.Cache";

    public CacheMetrics(IMeterFactory meters, IEnumerable<IKeptCache> kept)
    {
        var caches = kept.ToArray();
        var meter = meters.Create(MeterName);
        meter.CreateObservableCounter(
            "museum.cache.requests",
            () => PerLevel<CacheOutcome>(caches, "outcome", (c, level, outcome) => c.Statistics.Requests(level, outcome)),
            "{request}",
            "Look-ups by kind, level (memory, redis, files) and outcome (hit, stale, miss, error).");
        meter.CreateObservableCounter(
            "museum.cache.evictions",
            () => PerLevel<EvictionReason>(caches, "reason", (c, level, reason) => c.Statistics.Evictions(level, reason)),
            "{entry}",
            "Entries given up by kind, level and reason (size, expired, invalidated, pressure, corrupt).");
        meter.CreateObservableCounter("museum.cache.computations", () => caches.Select(c => Of(c, c.Statistics.Computations)), "{computation}", "Values made because no level had them.");
        meter.CreateObservableCounter("museum.cache.dropped_writes", () => caches.Select(c => Of(c, c.Statistics.DroppedWrites)), "{write}", "Writes that the second level was too slow for.");
        meter.CreateObservableUpDownCounter("museum.cache.size", () => caches.Select(c => Of(c, c.Bytes)), "By", "Memory of the values.");
        meter.CreateObservableUpDownCounter("museum.cache.entries", () => caches.Select(c => Of(c, c.Count)), "{entry}", "Values in memory.");
    }

    private static Measurement<long> Of(IKeptCache cache, long value) => new(value, new KeyValuePair<string, object?>("kind", cache.Kind));

    // What never happened is left out: most kinds have one level behind memory, and few reasons.
    private static IEnumerable<Measurement<long>> PerLevel<TTag>(IKeptCache[] caches, string tag, Func<IKeptCache, CacheLevel, TTag, long> read)
        where TTag : struct, Enum =>
        from cache in caches
        from level in Enum.GetValues<CacheLevel>()
        from value in Enum.GetValues<TTag>()
        let count = read(cache, level, value)
        where count > 0
        select new Measurement<long>(count, new("kind", cache.Kind), new("level", Name(level)), new(tag, Name(value)));

    private static string Name<TTag>(TTag value)
        where TTag : struct, Enum => value.ToString().ToLowerInvariant();
}
