using System.Collections.Frozen;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Settings of one section that a service has declared.</summary>
internal sealed record SettingsSection(IReadOnlyList<SettingDescription> Settings);

/// <summary>Every setting of a service, found by key. Keys are compared without regard to case, as configuration compares them.</summary>
public sealed class SettingsCatalog
{
    private readonly FrozenDictionary<string, SettingDescription> exact;
    private readonly (string[] Segments, SettingDescription Setting)[] patterns;

    public SettingsCatalog(IEnumerable<SettingDescription> settings)
    {
        // Two parts of a service may read the same setting; its first declaration speaks for both.
        All = [.. settings.DistinctBy(s => s.Key, StringComparer.OrdinalIgnoreCase).OrderBy(s => s.Key, StringComparer.Ordinal)];
        exact = All.Where(s => !s.Key.Contains('*', StringComparison.Ordinal)).ToFrozenDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        patterns = [.. All.Where(s => s.Key.Contains('*', StringComparison.Ordinal)).Select(s => (s.Key.Split(':'), s))];
    }

    public IReadOnlyList<SettingDescription> All { get; }

    /// <summary>The setting of this key, its key written out where the declaration has <c>*</c>; null if there is none.</summary>
    public SettingDescription? Find(string key)
    {
        if (exact.TryGetValue(key, out var known))
        {
            return known;
        }

        var asked = key.Split(':');
        return patterns.Where(p => Matches(p.Segments, asked))
            .Select(p => p.Setting with { Key = string.Join(':', p.Segments.Zip(asked, (declared, given) => declared == "*" ? given : declared)) })
            .FirstOrDefault();
    }

    private static bool Matches(string[] declared, string[] asked) =>
        declared.Length == asked.Length
        && declared.Zip(asked).All(s => s.First == "*" ? s.Second.Length > 0 : string.Equals(s.First, s.Second, StringComparison.OrdinalIgnoreCase));
}
