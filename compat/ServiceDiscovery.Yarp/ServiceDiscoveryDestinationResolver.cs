using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Microsoft.Extensions.ServiceDiscovery.Yarp;

/// <summary>Puts the addresses of a service in the place of a destination that names the service.</summary>
internal sealed class ServiceDiscoveryDestinationResolver(ServiceEndpointResolver resolver) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var address = new Uri(destination.Address);
            var source = await resolver.GetEndpointsAsync(address.GetLeftPart(UriPartial.Authority), cancellationToken).ConfigureAwait(false);
            changes.Add(source.ChangeToken);
            foreach (var endpoint in source.Endpoints)
            {
                var target = endpoint.ToString()!;
                resolved[$"{name}[{target}]"] = destination with
                {
                    // The service keeps its own name as host, whichever address answers.
                    Host = destination.Host is { Length: > 0 } host ? host : address.Authority,
                    Address = Move(address, target),
                    Health = destination.Health is { Length: > 0 } health ? Move(new Uri(health), target) : destination.Health,
                };
            }
        }

        return new ResolvedDestinationCollection(resolved, new CompositeChangeToken(changes));
    }

    /// <summary>The path of one address at the host and port of another, which may be "host:port" without a scheme.</summary>
    private static string Move(Uri from, string target)
    {
        var to = new Uri(target.Contains("://", StringComparison.Ordinal) ? target : $"{from.Scheme.Split('+')[0]}://{target}");
        return new UriBuilder(from) { Scheme = to.Scheme, Host = to.Host, Port = to.Port }.Uri.ToString();
    }
}
