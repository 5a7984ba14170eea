namespace Microsoft.Extensions.ServiceDiscovery;

public sealed class ServiceDiscoveryOptions
{
    /// <summary>Whether an address may have any scheme; otherwise only <see cref="AllowedSchemes"/>.</summary>
    public bool AllowAllSchemes { get; set; } = true;

    public IList<string> AllowedSchemes { get; set; } = [];

    /// <summary>The schemes to look for, best first.</summary>
    internal string[] Allowed(IReadOnlyList<string> asked) => asked.Count == 0
        ? [.. AllowedSchemes]
        : [.. asked.Where(scheme => AllowAllSchemes || AllowedSchemes.Contains(scheme, StringComparer.OrdinalIgnoreCase))];
}
