using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>"https+http://_grpc.textservice": the schemes that will do, the named endpoint if any, the service.</summary>
internal sealed record ServiceQuery(string Service, string? Endpoint, IReadOnlyList<string> Schemes, int Port)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceQuery? query)
    {
        query = null;
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : $"none://{text}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        string? endpoint = null;
        var service = uri.Host;
        if (service[0] == '_' && service.IndexOf('.', StringComparison.Ordinal) is > 1 and var dot && dot < service.Length - 1)
        {
            endpoint = service[1..dot];
            service = service[(dot + 1)..];
        }

        query = new ServiceQuery(service, endpoint, hasScheme ? uri.Scheme.Split('+') : [], uri.IsDefaultPort || uri.Port < 0 ? 0 : uri.Port);
        return true;
    }
}
