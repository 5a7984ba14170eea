namespace Museum.ServiceDefaults.Messaging;

/// <summary>This replica's name on the broker: the routing key of everything addressed to it. New at every start, so that nothing of an earlier life arrives.</summary>
public sealed class HolderIdentity
{
    /// <summary>The machine's name for people (27 characters of it, since a pod's may have 63), then 12 random ones.</summary>
    public string Id { get; } = $"{Environment.MachineName[..Math.Min(27, Environment.MachineName.Length)].ToLowerInvariant()}-{Guid.NewGuid().ToString("N")[..12]}";
}
