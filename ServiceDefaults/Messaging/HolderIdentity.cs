namespace Museum.ServiceDefaults.Messaging;

/// <summary>This replica's name on the broker: the routing key of everything addressed to it. New at every start, so that nothing of an earlier life arrives.</summary>
public sealed class HolderIdentity
{
    public string Id { get; } = $"{Environment.MachineName.ToLowerInvariant()}-{Guid.NewGuid():N}"[..Math.Min(40, Environment.MachineName.Length + 13)];
}
