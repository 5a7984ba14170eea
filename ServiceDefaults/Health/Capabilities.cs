using System.Collections.Concurrent;

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

/// <summary>What this process can do at the moment. Shown on <c>/health</c>, gathered by the gateway's <c>/api/status</c>.</summary>
public sealed class Capabilities(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CapabilityReading> readings = new();

    /// <summary>Raised when a reading's state or reason changes, with the capability's name.</summary>
    public event Action<string, CapabilityReading>? Changed;

    public IReadOnlyDictionary<string, CapabilityReading> Snapshot() => new SortedDictionary<string, CapabilityReading>(readings.ToDictionary());

    public void Report(string name, CapabilityState state, string? reason = null)
    {
        var reading = new CapabilityReading(state, time.GetUtcNow(), reason);
        var kept = readings.AddOrUpdate(name, reading, (_, old) => old.State == state && old.Reason == reason
            ? old
            : reading with { Since = old.State == state ? old.Since : reading.Since });
        if (ReferenceEquals(kept, reading) || kept.Reason != reason || kept.Since == reading.Since)
        {
            Changed?.Invoke(name, kept);
        }
    }
}
