using System.Net;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;

namespace Museum.Gateway.Routing;

/// <summary>The services behind the gateway: found by discovery, every replica a destination that is asked for its health.</summary>
internal static class ProxyClusters
{
    public static IReadOnlyList<ClusterConfig> All(GatewayOptions options) =>
    [
        Http(ServiceNames.Session, LoadBalancingPolicies.PowerOfTwoChoices, options),
        Http(ServiceNames.Text, LoadBalancingPolicies.PowerOfTwoChoices, options),
        Http(ServiceNames.Audio, LoadBalancingPolicies.PowerOfTwoChoices, options),
        // A socket stays for a whole visit: to whom fewest are.
        Http(ServiceNames.VoiceCall, LoadBalancingPolicies.LeastRequests, options),
        Grpc(ServiceNames.Text, options),
        Grpc(ServiceNames.Audio, options),
    ];

    private static ClusterConfig Http(string service, string balancing, GatewayOptions options) =>
        Cluster(service, $"http://{service}", service, balancing, HttpVersion.Version11, options);

    private static ClusterConfig Grpc(string service, GatewayOptions options) => Cluster(
        ProxyRoutes.GrpcOf(service), $"http://_grpc.{service}", service, LoadBalancingPolicies.PowerOfTwoChoices, HttpVersion.Version20, options);

    private static ClusterConfig Cluster(string id, string address, string host, string balancing, Version version, GatewayOptions options) => new()
    {
        ClusterId = id,
        LoadBalancingPolicy = balancing,
        Destinations = new Dictionary<string, DestinationConfig> { [host] = new() { Address = address, Host = host } },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = ProxyRoutes.SilenceOf(id, options.RequestTimeout),
        },
        HealthCheck = new HealthCheckConfig
        {
            // Never the default, which with nobody healthy asks everybody: a clear 503 at once is better than a broken connection.
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyAndUnknown,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = options.HealthInterval,
                Timeout = TimeSpan.FromSeconds(1),
                Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
                Path = "/health/ready",
            },
            Passive = new PassiveHealthCheckConfig
            {
                Enabled = true,
                Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
                // Two looks of the active check, which keeps a dead one out; a longer period only kept out one that was born again.
                ReactivationPeriod = TimeSpan.FromSeconds(2),
            },
        },
        Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = "2" },
    };
}
