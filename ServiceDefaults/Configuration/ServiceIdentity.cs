namespace Museum.ServiceDefaults.Configuration;

/// <summary>Which service this is, and which replica of it; the replica's name is new at every start.</summary>
public sealed record ServiceIdentity(string Service)
{
    public string Instance { get; } = Guid.NewGuid().ToString("N")[..12];
}
