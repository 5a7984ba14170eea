using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Health;

/// <summary>How much of a capability there is: all, a lesser form, or none.</summary>
public enum CapabilityState
{
    Ok,
    Degraded,
    Away,
}

/// <summary>What a capability is now, since when, and why if it is not all there.</summary>
public sealed record CapabilityReading(CapabilityState State, DateTimeOffset Since, string? Reason);

/// <summary>
/// What this process can do at the moment. Shown on <c>/health</c>, gathered by the gateway's <c>/api/status</c>, and measured:
/// <c>museum.capability.state</c> (0 away, 1 degraded, 2 ok) and <c>museum.capability.switches</c>, by capability.
/// </summary>
public sealed class Capabilities
{
    public const string MeterName = "Museum.Capabilities";

    private readonly TimeProvider time;
    private readonly Counter<long>? switches;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, CapabilityReading> readings = [];

    public Capabilities(TimeProvider time, IMeterFactory? meters = null)
    {
        this.time = time;
        var meter = meters?.Create(MeterName);
        switches = meter?.CreateCounter<long>("museum.capability.switches", "{switch}", "Changes of a capability to another state.");
        meter?.CreateObservableGauge(
            "museum.capability.state",
            () => Snapshot().Select(r => new Measurement<int>(2 - (int)r.Value.State, new KeyValuePair<string, object?>("capability", r.Key))),
            description: "0 away, 1 degraded, 2 ok.");
    }

    /// <summary>Raised when a reading's state or reason changes, with the capability's name.</summary>
    public event Action<string, CapabilityReading>? Changed;

    public IReadOnlyDictionary<string, CapabilityReading> Snapshot()
    {
        lock (gate)
        {
            return new SortedDictionary<string, CapabilityReading>(readings);
        }
    }

    public void Report(string name, CapabilityState state, string? reason = null)
    {
        CapabilityReading reading;
        lock (gate)
        {
            var old = readings.GetValueOrDefault(name);
            if (old is not null && old.State == state && old.Reason == reason)
            {
                return;
            }

            if (old is not null && old.State != state)
            {
                switches?.Add(1, new("capability", name), new("state", state.ToString().ToLowerInvariant()));
            }

            // A new reason for the same state does not begin it anew.
            var since = old is not null && old.State == state ? old.Since : time.GetUtcNow();
            readings[name] = reading = new CapabilityReading(state, since, reason);
        }

        Changed?.Invoke(name, reading);
    }
}
