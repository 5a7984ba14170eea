using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace Museum.Gateway.Routing;

/// <summary>Asks a replica whether it lives; all who want to know it at the same time wait for one answer.</summary>
internal sealed class Pulse(IOptionsMonitor<GatewayOptions> options)
{
    // As many as there are replicas.
    private readonly ConcurrentDictionary<DestinationState, Task<bool>> asking = new();

    public async Task<bool> IsAliveAsync(DestinationState destination, ClusterModel cluster)
    {
        var answer = asking.GetOrAdd(destination, static (d, ask) => ask.Pulse.AskAsync(d, ask.Cluster), (Pulse: this, Cluster: cluster));
        try
        {
            return await answer;
        }
        finally
        {
            asking.TryRemove(new(destination, answer));
        }
    }

    private async Task<bool> AskAsync(DestinationState destination, ClusterModel cluster)
    {
        using var limit = new CancellationTokenSource(options.CurrentValue.PulseTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(destination.Model.Config.Address), "/health/live"));
        (request.Version, request.VersionPolicy) = (cluster.Config.HttpRequest?.Version ?? request.Version, HttpVersionPolicy.RequestVersionExact);
        request.Headers.Host = destination.Model.Config.Host;
        try
        {
            // Whatever it says, it lives.
            using var response = await cluster.HttpClient.SendAsync(request, limit.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            return false;
        }
    }
}
