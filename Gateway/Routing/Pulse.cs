using System.Collections.Concurrent;
using Yarp.ReverseProxy.Model;

namespace Museum.Gateway.Routing;

/// <summary>Asks a replica whether it lives; all who want to know it at the same time wait for one answer.</summary>
internal sealed class Pulse
{
    /// <summary>A process that runs answers in a millisecond; one that has no processor for so long helps nobody.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromMilliseconds(400);

    // As many as there are replicas.
    private readonly ConcurrentDictionary<DestinationState, Task<bool>> asking = new();

    public async Task<bool> IsAliveAsync(DestinationState destination, ClusterModel cluster)
    {
        var answer = asking.GetOrAdd(destination, static (d, c) => AskAsync(d, c), cluster);
        try
        {
            return await answer;
        }
        finally
        {
            asking.TryRemove(new(destination, answer));
        }
    }

    private static async Task<bool> AskAsync(DestinationState destination, ClusterModel cluster)
    {
        using var limit = new CancellationTokenSource(Within);
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
