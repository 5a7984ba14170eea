using Yarp.ReverseProxy.Configuration;

namespace Museum.Gateway.Routing;

/// <summary>How long a route may take: one answer within the request time-out, a stream as long as something flows, a call as long as it lives.</summary>
internal enum Pace
{
    Answer,
    Stream,
    Call,
}

/// <summary>Every way from outside to a service (architecture.md). What is not here cannot be reached.</summary>
internal static class ProxyRoutes
{
    private const string GrpcSuffix = "-grpc";

    // The protocol's heartbeat comes every 30 s; two missed ones end the socket long before this does.
    private static readonly TimeSpan CallSilence = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<RouteConfig> All(TimeSpan requestTimeout) =>
    [
        Open("/.well-known/jwks.json", ServiceNames.Session, requestTimeout),
        Open("/api/auth/visitor", ServiceNames.Session, requestTimeout),
        Open("/api/auth/login", ServiceNames.Session, requestTimeout),
        Open("/api/auth/token", ServiceNames.Session, requestTimeout),
        Guarded("/api/auth/{**rest}", ServiceNames.Session, Pace.Answer, requestTimeout),
        Guarded("/api/session/{**rest}", ServiceNames.Session, Pace.Answer, requestTimeout),
        Guarded("/api/admin/voice-quality", ServiceNames.VoiceCall, Pace.Answer, requestTimeout),
        Guarded("/api/admin/{**rest}", ServiceNames.Session, Pace.Answer, requestTimeout),
        Guarded("/api/text/batch", ServiceNames.Text, Pace.Stream, requestTimeout),
        Guarded("/api/text/{**rest}", ServiceNames.Text, Pace.Answer, requestTimeout),
        Guarded("/api/curator/{**rest}", ServiceNames.Text, Pace.Answer, requestTimeout),
        Guarded("/api/exhibits/{**rest}", ServiceNames.Text, Pace.Answer, requestTimeout),
        Open("/api/v1/health", ServiceNames.Text, requestTimeout),
        Guarded("/api/v1/{**rest}", ServiceNames.Text, Pace.Answer, requestTimeout),
        Guarded("/api/audio/tts", ServiceNames.Audio, Pace.Stream, requestTimeout),
        Guarded("/api/audio/process", ServiceNames.Audio, Pace.Stream, requestTimeout),
        Guarded("/api/audio/{**rest}", ServiceNames.Audio, Pace.Answer, requestTimeout),
        Guarded("/api/voice/{**rest}", ServiceNames.VoiceCall, Pace.Answer, requestTimeout),
        Socket("/ws/text/stream", requestTimeout),
        Socket("/ws/voice/call", requestTimeout),
        Socket("/ws/agent/stream", requestTimeout),
        Guarded("/museum.text.v1.Guide/{**method}", GrpcOf(ServiceNames.Text), Pace.Call, requestTimeout),
        Guarded("/museum.audio.v1.Speech/{**method}", GrpcOf(ServiceNames.Audio), Pace.Call, requestTimeout),
    ];

    /// <summary>How long nothing may flow on the routes of a cluster.</summary>
    public static TimeSpan SilenceOf(string cluster, TimeSpan requestTimeout) =>
        cluster is ServiceNames.VoiceCall || cluster.EndsWith(GrpcSuffix, StringComparison.Ordinal) ? CallSilence : requestTimeout;

    public static string GrpcOf(string service) => service + GrpcSuffix;

    private static RouteConfig Open(string path, string cluster, TimeSpan requestTimeout) =>
        Guarded(path, cluster, Pace.Answer, requestTimeout) with { AuthorizationPolicy = "anonymous" };

    /// <summary>The voice call service lets them in itself, since REGISTER may bring the token; see HandshakeGuard.</summary>
    private static RouteConfig Socket(string path, TimeSpan requestTimeout) =>
        Guarded(path, ServiceNames.VoiceCall, Pace.Call, requestTimeout) with { AuthorizationPolicy = "anonymous" };

    private static RouteConfig Guarded(string path, string cluster, Pace pace, TimeSpan requestTimeout) => new()
    {
        RouteId = path,
        ClusterId = cluster,
        Match = new RouteMatch { Path = path },
        AuthorizationPolicy = "default",
        Timeout = pace == Pace.Answer ? requestTimeout : null,
        TimeoutPolicy = pace == Pace.Answer ? null : "disable",
    };
}
