using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>One address of a service.</summary>
public abstract class ServiceEndpoint
{
    public abstract EndPoint EndPoint { get; }

    public abstract IFeatureCollection Features { get; }

    public static ServiceEndpoint Create(EndPoint endPoint, IFeatureCollection? features = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return new Simple(endPoint, features ?? new FeatureCollection());
    }

    private sealed class Simple(EndPoint endPoint, IFeatureCollection features) : ServiceEndpoint
    {
        public override EndPoint EndPoint => endPoint;

        public override IFeatureCollection Features => features;

        public override string? ToString() => endPoint switch
        {
            DnsEndPoint { Port: 0 } dns => dns.Host,
            DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
            IPEndPoint { Port: 0 } ip => ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip.Address}]" : ip.Address.ToString(),
            _ => endPoint.ToString(),
        };
    }
}

/// <summary>The addresses of a service, until the token fires.</summary>
public sealed class ServiceEndpointSource
{
    public ServiceEndpointSource(List<ServiceEndpoint>? endpoints, IChangeToken changeToken, IFeatureCollection features)
    {
        ArgumentNullException.ThrowIfNull(changeToken);
        Endpoints = endpoints ?? [];
        ChangeToken = changeToken;
        Features = features;
    }

    public IReadOnlyList<ServiceEndpoint> Endpoints { get; }

    public IChangeToken ChangeToken { get; }

    public IFeatureCollection Features { get; }
}

/// <summary>An address written as a URI: it brings its own scheme and perhaps a path.</summary>
internal sealed class UriEndPoint(Uri uri) : EndPoint
{
    public Uri Uri => uri;

    public override bool Equals(object? obj) => obj is UriEndPoint other && other.Uri == Uri;

    public override int GetHashCode() => Uri.GetHashCode();

    public override string ToString() => Uri.ToString();
}
