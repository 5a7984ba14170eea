using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Endpoints;

/// <summary>Gives every endpoint of the model its ports, before anything starts, so that no value has to be waited for.</summary>
internal sealed class EndpointAllocation(IConfiguration configuration)
{
    // The original's name for it; Aspire.Hosting.Testing sets it.
    private readonly bool _randomizePorts = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    public void Allocate(IResource resource)
    {
        var replicas = resource.GetReplicaCount();
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (!endpoint.IsProxied && replicas > 1)
            {
                throw new InvalidOperationException($"Resource '{resource.Name}' uses multiple replicas and a proxy-less endpoint '{endpoint.Name}'. These features do not work together.");
            }

            Allocate(endpoint, replicas);
        }
    }

    private void Allocate(EndpointAnnotation endpoint, int replicas)
    {
        // Zero is Kestrel's way of saying "any".
        var publicPort = endpoint is { Port: > 0 } && !(_randomizePorts && endpoint.IsProxied) ? endpoint.Port : null;
        endpoint.HasProxy = endpoint.IsProxied
            && ((endpoint.IsExternal && replicas > 1) || (publicPort is not null && endpoint.TargetPort is not null && publicPort != endpoint.TargetPort));

        endpoint.ReplicaPorts = replicas <= 1
            ? [endpoint.TargetPort ?? (endpoint.HasProxy ? FreePorts.Next() : publicPort ?? FreePorts.Next())]
            : [.. Enumerable.Range(0, replicas).Select(_ => FreePorts.Next())];

        var port = endpoint.HasProxy ? publicPort ?? FreePorts.Next() : endpoint.ReplicaPorts[0];
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, AddressOf(endpoint.TargetHost), port);
    }

    // "Any address" is something to listen on, not something to connect to.
    private static string AddressOf(string targetHost) => targetHost switch
    {
        "" or "*" or "+" => "localhost",
        _ when IPAddress.TryParse(targetHost.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)) => "localhost",
        _ => targetHost,
    };
}
