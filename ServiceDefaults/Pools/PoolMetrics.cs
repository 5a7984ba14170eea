using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Pools;

/// <summary>How a pool stands, read whenever metrics are collected.</summary>
internal interface IPoolReadings
{
    string Name { get; }

    int Total { get; }

    int Active { get; }

    int Peak { get; }

    int Waiting { get; }
}

/// <summary>Every pool of the service, by its name (tag <c>pool</c>).</summary>
public sealed class PoolMetrics
{
    public const string MeterName = "Museum.Pools";

    private readonly ConcurrentDictionary<string, IPoolReadings> pools = new();
    private readonly Histogram<double> wait;
    private readonly Counter<long> created;
    private readonly Counter<long> destroyed;
    private readonly Counter<long> exhausted;

    public PoolMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("museum.pool.size", () => Read(p => p.Total), "{resource}", "Resources that there are.");
        meter.CreateObservableUpDownCounter("museum.pool.active", () => Read(p => p.Active), "{resource}", "Resources in use.");
        meter.CreateObservableGauge("museum.pool.peak", () => Read(p => p.Peak), "{resource}", "The most that were ever in use at once.");
        meter.CreateObservableUpDownCounter("museum.pool.waiting", () => Read(p => p.Waiting), "{request}", "Renters that wait.");
        wait = meter.CreateHistogram<double>("museum.pool.wait", "s", "From the request to the resource.");
        created = meter.CreateCounter<long>("museum.pool.created", "{resource}", "Resources made.");
        destroyed = meter.CreateCounter<long>("museum.pool.destroyed", "{resource}", "Resources given up: idle, broken, or at the end.");
        exhausted = meter.CreateCounter<long>("museum.pool.exhausted", "{request}", "Renters refused.");
    }

    internal void Add(IPoolReadings pool) => pools[pool.Name] = pool;

    internal void Remove(IPoolReadings pool) => pools.TryRemove(new(pool.Name, pool));

    internal void Waited(string pool, TimeSpan time) => wait.Record(time.TotalSeconds, new KeyValuePair<string, object?>("pool", pool));

    internal void Created(string pool) => created.Add(1, new KeyValuePair<string, object?>("pool", pool));

    internal void Destroyed(string pool) => destroyed.Add(1, new KeyValuePair<string, object?>("pool", pool));

    internal void Exhausted(string pool) => exhausted.Add(1, new KeyValuePair<string, object?>("pool", pool));

    private IEnumerable<Measurement<int>> Read(Func<IPoolReadings, int> value) =>
        pools.Values.Select(p => new Measurement<int>(value(p), new KeyValuePair<string, object?>("pool", p.Name)));
}
