namespace Museum.ServiceDefaults.Configuration;

/// <summary>What one replica says of its configuration, for the administration API.</summary>
/// <param name="Version">Of the overrides that are in force there.</param>
/// <param name="Skipped">Overrides that are not, and why, by key.</param>
public sealed record ReplicaReport(
    string Service, string Instance, long Version, IReadOnlyDictionary<string, SettingReading> Settings, IReadOnlyDictionary<string, string> Skipped)
{
    /// <summary>A hash: service, then its settings as the version that started last declared them. Stays when the service is away.</summary>
    public const string SchemaKey = "museum:config:schema";

    /// <summary>A set of all <see cref="Key"/>s; those whose key has expired are dead.</summary>
    public const string IndexKey = "museum:config:replicas";

    /// <summary>A string that lives for a minute unless it is said again.</summary>
    public static string Key(string service, string instance) => $"museum:config:replica:{service}:{instance}";
}
