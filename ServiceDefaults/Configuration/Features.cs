using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Museum.ServiceDefaults.Configuration;

/// <summary>Switches <c>Features:NAME</c>, changed while the service runs. Ask whenever one is needed; asking costs a look-up.</summary>
public interface IFeatures
{
    /// <exception cref="ArgumentException">The feature was not declared with <c>AddFeature</c>.</exception>
    bool IsOn(string name);
}

internal sealed class Features : IFeatures, IDisposable
{
    private readonly IConfiguration configuration;
    private readonly SettingDescription[] declared;
    private readonly IDisposable watch;
    private FrozenDictionary<string, bool> now;

    public Features(IConfiguration configuration, SettingsCatalog catalog)
    {
        this.configuration = configuration;
        declared = [.. catalog.All.Where(s => s.Key.StartsWith(KeyOf(""), StringComparison.Ordinal))];
        now = Read();
        watch = ChangeToken.OnChange(configuration.GetReloadToken, () => now = Read());
    }

    public static string KeyOf(string name) => "Features:" + name;

    public bool IsOn(string name) =>
        now.TryGetValue(name, out var on) ? on : throw new ArgumentException($"The feature {name} is not declared; see AddFeature.", nameof(name));

    public void Dispose() => watch.Dispose();

    /// <summary>A word that is neither true nor false leaves the default.</summary>
    private FrozenDictionary<string, bool> Read() => declared.ToFrozenDictionary(
        s => s.Key[KeyOf("").Length..],
        s => bool.TryParse(configuration[s.Key], out var on) ? on : s.Default == "true");
}
