using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Museum.Gateway.Routing;

/// <summary>
/// Nobody waits for a replica that is frozen: its connections stand and its health was good a moment ago, so a request would wait for its
/// own time-out. While one waits for the head of its response the replica is asked whether it lives; if not, the request ends at once
/// (<see cref="ProxyFailure"/> says 503), and the replica gets no more until its health is known. One that thinks long, and lives, may.
/// </summary>
internal sealed class StallGuard(Pulse pulse, IDestinationHealthUpdater health, TimeProvider time)
{
    /// <summary>Most answers are there within it; with the pulse's time-out, 400 ms, a caller knows after 0.7 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Two looks of the active check, which then keeps it out.</summary>
    private static readonly TimeSpan OutFor = TimeSpan.FromSeconds(2);

    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        // Balanced: one is left.
        var proxied = context.GetReverseProxyFeature();
        if (proxied.AvailableDestinations is not [var destination])
        {
            await next(context);
            return;
        }

        var aborted = context.RequestAborted;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        context.RequestAborted = end.Token;
        try
        {
            var forwarding = next(context);
            if (await IsStalledAsync(context, forwarding, destination, proxied.Cluster))
            {
                health.SetPassive(context.GetRouteModel().Cluster!, destination, DestinationHealth.Unhealthy, OutFor);
                await end.CancelAsync();
            }

            await forwarding;
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }

    /// <returns>False: it is answered, or its answer has begun.</returns>
    private async Task<bool> IsStalledAsync(HttpContext context, Task forwarding, DestinationState destination, ClusterModel cluster)
    {
        var lived = false;
        bool Waits() => !forwarding.IsCompleted && !context.Response.HasStarted;
        do
        {
            await forwarding.WaitAsync(Patience, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        while (Waits() && await LivesAsync());

        return Waits();

        // Who lived a moment ago and works long, as a recogniser does while all processors are busy, is asked twice.
        async Task<bool> LivesAsync() => lived = await pulse.IsAliveAsync(destination, cluster) || (lived && await pulse.IsAliveAsync(destination, cluster));
    }
}
