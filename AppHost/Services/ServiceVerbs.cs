namespace Museum.AppHost.Services;

/// <summary>How every service of the suite is run.</summary>
internal static class ServiceVerbs
{
    /// <summary>
    /// A service with an <c>http</c> endpoint (HTTP/1.1: health, REST, WebSocket). The ports of its appsettings are those of a
    /// container; here they are chosen at random, so that several suites run side by side.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(this IDistributedApplicationBuilder builder, string name, MuseumSettings museum)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name)
            .WithEndpoint("http", endpoint =>
            {
                endpoint.UriScheme = "http";
                endpoint.Port = null;
            })
            .WithHttpHealthCheck("/health/ready", endpointName: "http")
            .WithReplicas(museum.ReplicasOf(name))
            .WithEnvironment("MUSEUM_DATA", museum.Data);

    /// <summary>A <c>grpc</c> endpoint: HTTP/2 without TLS, which refuses HTTP/1.1 and so needs a port of its own.</summary>
    public static IResourceBuilder<ProjectResource> WithGrpc(this IResourceBuilder<ProjectResource> service) =>
        service.WithEndpoint("grpc", endpoint =>
        {
            endpoint.UriScheme = "http";
            endpoint.Transport = "http2";
            endpoint.Port = null;
        });

    /// <summary>Where the world comes in; by https if so decided, with a certificate of our own.</summary>
    public static IResourceBuilder<ProjectResource> WithPublicAddress(this IResourceBuilder<ProjectResource> gateway, MuseumSettings museum)
    {
        gateway.WithEndpoint(museum.PublicEndpoint, endpoint => Open(endpoint, museum.PublicEndpoint, museum.Host, museum.Port));
        if (!museum.Https)
        {
            return gateway.WithEndpoint("grpc", endpoint => Open(endpoint, "http", museum.Host, museum.GrpcPort));
        }

        var (certificate, key) = SelfSignedCertificate.KeptIn(Path.Combine(museum.Data, "https"), museum.Host, TimeProvider.System);
        return gateway
            .WithEnvironment("Kestrel__Endpoints__https__Certificate__Path", certificate)
            .WithEnvironment("Kestrel__Endpoints__https__Certificate__KeyPath", key);
    }

    /// <summary>Hands the settings of whoever starts the suite to every service. Called last: they win.</summary>
    public static void ApplySettings(this IDistributedApplicationBuilder builder, MuseumSettings museum)
    {
        foreach (var service in builder.Resources.OfType<ProjectResource>())
        {
            foreach (var (name, value) in museum.Variables)
            {
                builder.CreateResourceBuilder(service).WithEnvironment(name, value);
            }
        }
    }

    private static void Open(EndpointAnnotation endpoint, string scheme, string host, int port)
    {
        endpoint.UriScheme = scheme;
        endpoint.TargetHost = host;
        endpoint.Port = port;
        endpoint.IsExternal = true;
    }
}
