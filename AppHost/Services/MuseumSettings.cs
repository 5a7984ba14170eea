using System.Net;
using Microsoft.Extensions.Configuration;

namespace Museum.AppHost.Services;

/// <summary>
/// What the one who starts the suite decides: <c>Museum:Data</c> (folder, default <c>data</c> of the repository), <c>Museum:Host</c>
/// and <c>Museum:Port</c> of the page (127.0.0.1, 8000), <c>Museum:GrpcPort</c> (200 above), <c>Museum:Https</c>,
/// <c>Museum:Replicas:{service}</c>, and <c>Museum:Set:{key}</c>, a setting of every service.
/// </summary>
internal sealed class MuseumSettings
{
    private const int DefaultPort = 8000;

    // Far enough from the page's port that a second suite at the next one is not in the way.
    private const int GrpcOffset = 200;
    private const string StorePath = "Aspire:Store:Path";

    private readonly IConfiguration _configuration;

    private MuseumSettings(IConfiguration configuration, string data)
    {
        _configuration = configuration;
        Data = data;
        Host = configuration["Museum:Host"] ?? "127.0.0.1";
        Port = configuration.GetValue("Museum:Port", DefaultPort);
        Https = configuration.GetValue("Museum:Https", false);
        GrpcPort = configuration.GetValue("Museum:GrpcPort", Port + (Port + GrpcOffset <= IPEndPoint.MaxPort ? GrpcOffset : -GrpcOffset));
    }

    public string Data { get; }

    public string Host { get; }

    public int Port { get; }

    public bool Https { get; }

    /// <summary>Where gRPC comes in without TLS; with TLS it comes in at <see cref="Port"/>, by ALPN.</summary>
    public int GrpcPort { get; }

    public string PublicEndpoint => Https ? "https" : "http";

    public static MuseumSettings Read(IDistributedApplicationBuilder builder)
    {
        var configured = builder.Configuration["Museum:Data"] ?? builder.Configuration[StorePath] ?? "../data";
        var data = Path.GetFullPath(configured, builder.AppHostDirectory);

        // Redis, RabbitMQ and generated passwords are kept where everything else is.
        builder.Configuration[StorePath] = data;
        return new MuseumSettings(builder.Configuration, data);
    }

    /// <summary>A parameter that may be left out, <c>Parameters:{name}</c>.</summary>
    public string Parameter(string name) =>
        _configuration[$"Parameters:{name}"] ?? _configuration[$"Parameters:{name.Replace('-', '_')}"] ?? "";

    public int ReplicasOf(string service) => _configuration.GetValue($"Museum:Replicas:{service}", 1);

    /// <summary>As variables: <c>Llm:Model</c> becomes <c>Llm__Model</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables => _configuration.GetSection("Museum:Set")
        .AsEnumerable(makePathsRelative: true)
        .Where(setting => setting.Value is not null)
        .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!));

    /// <summary>The page's address as somebody on this machine would type it.</summary>
    public string PublicUrl(IResourceBuilder<ProjectResource> gateway)
    {
        var endpoint = gateway.GetEndpoint(PublicEndpoint);
        var host = Host is "127.0.0.1" or "::1" or "0.0.0.0" or "::" or "*" ? "localhost" : Host;
        return $"{PublicEndpoint}://{host}:{endpoint.Port}";
    }
}
