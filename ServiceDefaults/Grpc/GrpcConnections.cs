using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace Museum.ServiceDefaults.Grpc;

/// <summary>How this process is connected to others by gRPC.</summary>
internal static class GrpcConnections
{
    /// <summary>
    /// A peer that is frozen keeps its connections open and says nothing: after 1 s of silence it is asked whether it lives, and 2 s later
    /// its streams end in Unavailable instead of at their deadlines.
    /// </summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingDelay = TimeSpan.FromSeconds(1),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(2),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>
    /// A call to a replica that is gone steps on to the next one: nothing of it has been done. More than one step is the pipelines' matter.
    /// </summary>
    public static void StepToNextReplica(GrpcChannelOptions options) => options.ServiceConfig = new ServiceConfig
    {
        MethodConfigs =
        {
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = 2,
                    InitialBackoff = TimeSpan.FromMilliseconds(20),
                    MaxBackoff = TimeSpan.FromMilliseconds(20),
                    BackoffMultiplier = 1,
                    RetryableStatusCodes = { StatusCode.Unavailable },
                },
            },
        },
    };
}
