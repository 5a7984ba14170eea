using System.Text.Json;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Admin;

/// <summary>Overrides as they may be seen: a secret is only said to be set.</summary>
internal sealed record OverridesView(long Version, IReadOnlyDictionary<string, Dictionary<string, JsonElement>> Overrides)
{
    private static readonly JsonElement Set = JsonSerializer.SerializeToElement("set");

    public static OverridesView Of(OverrideDocument document) => new(
        document.Version,
        document.Settings.ToDictionary(s => s.Key, s => s.Value.ToDictionary(v => v.Key, v => SecretBox.IsSealed(v.Value) ? Set : v.Value)));
}

internal sealed record ConfigurationView(
    long Version, IReadOnlyDictionary<string, Dictionary<string, JsonElement>> Overrides, IReadOnlyDictionary<string, ServiceView> Services)
{
    public static ConfigurationView Of(OverrideDocument overrides, IReadOnlyDictionary<string, SettingsCatalog> catalogs, IReadOnlyList<ReplicaReport> reports)
    {
        var seen = OverridesView.Of(overrides);
        return new(seen.Version, seen.Overrides, catalogs.ToDictionary(c => c.Key, c => new ServiceView(
            [.. c.Value.All.Select(SettingView.Of)],
            [.. reports.Where(r => r.Service == c.Key).OrderBy(r => r.Instance, StringComparer.Ordinal)
                .Select(r => new ReplicaView(r.Instance, r.Version, r.Settings, r.Skipped))])));
    }
}

/// <summary>What can be configured, and what is, replica by replica; none lives when the service is away.</summary>
internal sealed record ServiceView(IReadOnlyList<SettingView> Settings, IReadOnlyList<ReplicaView> Replicas);

/// <param name="Live">May be changed while the service runs.</param>
internal sealed record SettingView(
    string Key, string Type, string Description, string? Default, string? Minimum, string? Maximum, IReadOnlyList<string>? Allowed, bool Live, bool Secret, bool AdminOnly)
{
    public static SettingView Of(SettingDescription s) =>
        new(s.Key, NameOf(s.Type), s.Description, s.Default, s.Minimum, s.Maximum, s.Allowed, s.Live, s.Secret, s.AdminOnly);

    public static string NameOf(SettingType type) => type.ToString().ToLowerInvariant();
}

/// <param name="Version">Of the overrides that are in force there.</param>
/// <param name="Values">By key: the value in force and the layer it comes from.</param>
/// <param name="Skipped">Overrides that this replica cannot use, and why.</param>
internal sealed record ReplicaView(
    string Instance, long Version, IReadOnlyDictionary<string, SettingReading> Values, IReadOnlyDictionary<string, string> Skipped);

internal sealed record RefusedView(string Scope, string Key, string Reason, string? Type, string? Minimum, string? Maximum, IReadOnlyList<string>? Allowed)
{
    public static RefusedView Of(RefusedSetting r) => r.Setting is { } setting
        ? new(r.Scope, r.Key, r.Reason, SettingView.NameOf(setting.Type), setting.Minimum, setting.Maximum, setting.Allowed)
        : new(r.Scope, r.Key, r.Reason, null, null, null, null);
}
