using System.Text.Json;
using Museum.ServiceDefaults.Configuration;

namespace Museum.SessionService.Admin;

/// <summary>Why one value of a change cannot be taken, and what could be.</summary>
internal sealed record RefusedSetting(string Scope, string Key, string Reason, SettingDescription? Setting = null);

/// <summary>
/// A JSON merge patch (RFC 7396) of the overrides, held against what the services declare. It is taken whole or not at all.
/// </summary>
internal sealed class ConfigurationChange(IReadOnlyDictionary<string, SettingsCatalog> catalogs, SecretBox secrets, bool isAdmin)
{
    /// <summary>More overrides than there are settings would be somebody's mistake.</summary>
    private const int Most = 1000;

    private readonly List<RefusedSetting> refused = [];
    private readonly List<string> changes = [];

    public IReadOnlyList<RefusedSetting> Refused => refused;

    /// <summary>For the audit log: <c>gateway RateLimit:PermitLimit = 50</c>; of a secret only that it changed.</summary>
    public IReadOnlyList<string> Changes => changes;

    public OverrideDocument Apply(OverrideDocument document, IReadOnlyDictionary<string, Dictionary<string, JsonElement>?> patch)
    {
        var settings = document.Settings.ToDictionary(s => s.Key, s => new Dictionary<string, JsonElement>(s.Value, StringComparer.OrdinalIgnoreCase));
        foreach (var (scope, values) in patch)
        {
            if (values is null)
            {
                Clear(settings, scope);
                continue;
            }

            foreach (var (key, value) in values)
            {
                Change(settings, scope, key, value);
            }
        }

        if (settings.Sum(s => s.Value.Count) > Most)
        {
            refused.Add(new RefusedSetting("", "", $"There may be at most {Most} overrides."));
        }

        return new OverrideDocument
        {
            Version = document.Version + 1,
            Settings = settings.Where(s => s.Value.Count > 0).ToDictionary(s => s.Key, IReadOnlyDictionary<string, JsonElement> (s) => s.Value),
        };
    }

    private void Clear(Dictionary<string, Dictionary<string, JsonElement>> settings, string scope)
    {
        foreach (var key in settings.GetValueOrDefault(scope)?.Keys.ToArray() ?? [])
        {
            Change(settings, scope, key, default);
        }
    }

    private void Change(Dictionary<string, Dictionary<string, JsonElement>> settings, string scope, string key, JsonElement value)
    {
        var isRemoval = value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
        var known = DeclarationsOf(scope, key);
        if (known.Any(s => s.AdminOnly) && !isAdmin)
        {
            Refuse(scope, key, "Only an admin may change this.", known[0]);
        }
        else if (isRemoval)
        {
            // Whatever it is, also one that no service declares any more.
            if (settings.GetValueOrDefault(scope)?.Remove(key) is true)
            {
                changes.Add($"{scope} {key} = default");
            }
        }
        else if (Demand(scope, key, known, value) is { } setting)
        {
            var of = settings.TryGetValue(scope, out var there) ? there : settings[scope] = new(StringComparer.OrdinalIgnoreCase);
            of[setting.Key] = setting.Secret ? secrets.Seal(setting.Key, value.GetString()!) : value.Clone();
            changes.Add(setting.Secret ? $"{scope} {setting.Key} set" : $"{scope} {setting.Key} = {value}");
        }
    }

    /// <summary>The declaration that the value fulfils, as every service concerned demands it; or null, and why is said.</summary>
    private SettingDescription? Demand(string scope, string key, IReadOnlyList<SettingDescription> known, JsonElement value)
    {
        if (known.Count == 0)
        {
            Refuse(scope, key, scope == OverrideDocument.Global || catalogs.ContainsKey(scope)
                ? "There is no such setting."
                : "There is no such service; " + string.Join(", ", catalogs.Keys.Prepend(OverrideDocument.Global)) + " are known.");
            return null;
        }

        foreach (var setting in known)
        {
            var reason = !setting.Live ? "This cannot be changed while the services run; see docs/configuration.md."
                : SettingValue.Read(setting, value) is null ? $"It must be {setting.Demand}."
                : null;
            if (reason is not null)
            {
                Refuse(scope, key, reason, setting);
                return null;
            }
        }

        return known[0];
    }

    private IReadOnlyList<SettingDescription> DeclarationsOf(string scope, string key) => scope == OverrideDocument.Global
        ? [.. catalogs.Values.Select(c => c.Find(key)).OfType<SettingDescription>()]
        : catalogs.GetValueOrDefault(scope)?.Find(key) is { } own ? [own] : [];

    private void Refuse(string scope, string key, string reason, SettingDescription? setting = null) => refused.Add(new RefusedSetting(scope, key, reason, setting));
}
