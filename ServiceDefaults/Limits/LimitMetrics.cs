using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Limits;

/// <summary>Every limit of the service, by its name (tag <c>limit</c>).</summary>
public sealed class LimitMetrics
{
    public const string MeterName = "Museum.Limits";

    private readonly ConcurrentDictionary<string, AdaptiveLimiter> limiters = new();
    private readonly Histogram<double> wait;
    private readonly Counter<long> refused;

    public LimitMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("museum.limit.value", () => Read(l => l.Limit), "{request}", "How many are admitted at once.");
        meter.CreateObservableUpDownCounter("museum.limit.in_flight", () => Read(l => l.InFlight), "{request}", "Requests worked on.");
        meter.CreateObservableUpDownCounter("museum.limit.queued", () => Read(l => l.Queued), "{request}", "Requests that wait to be admitted.");
        wait = meter.CreateHistogram<double>("museum.limit.wait", "s", "From the request to its admission.");
        refused = meter.CreateCounter<long>("museum.limit.refused", "{request}", "Requests refused.");
    }

    internal void Add(AdaptiveLimiter limiter) => limiters[limiter.Name] = limiter;

    internal void Remove(AdaptiveLimiter limiter) => limiters.TryRemove(new(limiter.Name, limiter));

    internal void Waited(string limit, TimeSpan time) => wait.Record(time.TotalSeconds, new KeyValuePair<string, object?>("limit", limit));

    internal void Refused(string limit) => refused.Add(1, new KeyValuePair<string, object?>("limit", limit));

    private IEnumerable<Measurement<int>> Read(Func<AdaptiveLimiter, int> value) =>
        limiters.Values.Select(l => new Measurement<int>(value(l), new KeyValuePair<string, object?>("limit", l.Name)));
}
