using System.Net;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Reads Services:{service}:{endpoint}:{i} (or one value without an index). Without a named endpoint the candidates
/// are "default" and then the schemes asked for, in order.
/// </summary>
internal static class ConfiguredAddresses
{
    private const string Section = "Services";
    private const string DefaultEndpoint = "default";

    public static List<EndPoint> Find(IConfiguration configuration, ServiceQuery query, ServiceDiscoveryOptions options)
    {
        var service = configuration.GetSection(Section).GetSection(query.Service);
        var schemes = options.Allowed(query.Schemes);
        var section = (query.Endpoint is null ? [DefaultEndpoint, .. schemes] : (string[])[query.Endpoint])
            .Select(service.GetSection)
            .FirstOrDefault(candidate => candidate.Exists());
        if (section is null)
        {
            return [];
        }

        List<EndPoint> all = section.Value is { Length: > 0 }
            ? [Parse(section)]
            : [.. section.GetChildren().OrderBy(child => IndexOf(child)).Select(Parse)];
        if (options.AllowAllSchemes && query.Schemes.Count == 0)
        {
            return all;
        }

        // Of several schemes only the best that occurs is used.
        var best = schemes.FirstOrDefault(scheme => all.Exists(endpoint => HasScheme(endpoint, scheme)));
        return all.FindAll(endpoint => endpoint is not UriEndPoint || (best is not null && HasScheme(endpoint, best)));
    }

    private static bool HasScheme(EndPoint endpoint, string scheme) =>
        endpoint is UriEndPoint { Uri: var uri } && uri.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase);

    private static int IndexOf(IConfigurationSection child) => int.TryParse(child.Key, out var index)
        ? index
        : throw new KeyNotFoundException($"{child.Path} is no index: the addresses of an endpoint are numbered.");

    private static EndPoint Parse(IConfigurationSection section)
    {
        var value = section.Value ?? string.Empty;
        if (value.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(value, UriKind.Absolute, out var uri) ? new UriEndPoint(uri) : throw Invalid();
        }

        if (!Uri.TryCreate($"none://{value}", UriKind.Absolute, out var plain) || plain.Host.Length == 0)
        {
            throw Invalid();
        }

        var port = Math.Max(plain.Port, 0);
        return IPAddress.TryParse(plain.Host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(plain.Host, port);

        KeyNotFoundException Invalid() => new($"{section.Path} is not an address: '{value}'.");
    }
}
