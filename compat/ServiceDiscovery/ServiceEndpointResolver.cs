using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>
/// Finds the addresses of services in configuration, which is read again when it changes; what is not configured
/// passes through as a host name (DNS, for instance a Kubernetes service).
/// </summary>
public sealed class ServiceEndpointResolver : IAsyncDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ServiceDiscoveryOptions _options;
    private readonly TimeProvider _time;

    // One entry per service that this process calls: a handful.
    private readonly ConcurrentDictionary<string, AddressRotation> _rotations = new(StringComparer.OrdinalIgnoreCase);

    internal ServiceEndpointResolver(IConfiguration configuration, IOptions<ServiceDiscoveryOptions> options, TimeProvider time)
    {
        (_configuration, _options, _time) = (configuration, options.Value, time);
    }

    /// <summary>The addresses of, for instance, "http://_grpc.textservice".</summary>
    public ValueTask<ServiceEndpointSource> GetEndpointsAsync(string serviceName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceName);
        cancellationToken.ThrowIfCancellationRequested();
        if (!ServiceQuery.TryParse(serviceName, out var query))
        {
            throw new InvalidOperationException($"'{serviceName}' is not the name of a service.");
        }

        var changed = _configuration.GetReloadToken();
        var found = ConfiguredAddresses.Find(_configuration, query, _options);
        var endpoints = (found.Count > 0 ? found : [PassThrough(query)]).Select(endpoint => ServiceEndpoint.Create(endpoint));
        return new ValueTask<ServiceEndpointSource>(new ServiceEndpointSource([.. endpoints], changed, new FeatureCollection()));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The rotation for requests to this URI.</summary>
    internal AddressRotation RotationFor(Uri uri)
    {
        var key = uri.GetLeftPart(UriPartial.Authority);
        return _rotations.TryGetValue(key, out var rotation) && !rotation.IsOutdated ? rotation : _rotations[key] = Create(key);
    }

    /// <summary>"http" of "https+http" for an address that has no scheme of its own is the first that is allowed.</summary>
    internal string SchemeOf(Uri uri) => _options.Allowed(uri.Scheme.Split('+')) is [var scheme, ..]
        ? scheme
        : throw new InvalidOperationException($"None of the schemes of '{uri}' are allowed by configuration.");

    private static DnsEndPoint PassThrough(ServiceQuery query) => new(query.Service, query.Port);

    private AddressRotation Create(string key)
    {
        if (!ServiceQuery.TryParse(key, out var query))
        {
            throw new InvalidOperationException($"'{key}' is not the name of a service.");
        }

        // The token is taken before the values are read, or a change in between would go unnoticed.
        var changed = _configuration.GetReloadToken();
        var found = ConfiguredAddresses.Find(_configuration, query, _options);
        return new AddressRotation(found.Count > 0 ? found : [PassThrough(query)], changed, _time);
    }
}
