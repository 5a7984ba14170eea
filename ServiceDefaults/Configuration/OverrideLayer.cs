using Microsoft.Extensions.Configuration;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>The topmost layer of configuration: what was changed at run time. Only <see cref="RuntimeOverrides"/> writes it.</summary>
internal sealed class OverrideLayer : ConfigurationProvider, IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    /// <summary>Puts these values in the place of all before them, and says so to everybody who watches the configuration.</summary>
    public void Replace(IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == Data.Count && values.All(v => Data.TryGetValue(v.Key, out var old) && old == v.Value))
        {
            return;
        }

        Data = values.ToDictionary(v => v.Key, v => (string?)v.Value, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    /// <summary>Assigning to a key of the configuration assigns it in every layer; not in this one.</summary>
    public override void Set(string key, string? value)
    {
    }
}
