using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Projects;

/// <summary>Reads a project's endpoints from <c>Kestrel:Endpoints</c> of its appsettings, and overrides their addresses by environment.</summary>
internal static class KestrelEndpoints
{
    private sealed record Listed(string Name, BindingAddress Address, string? Protocols);

    public static bool Add(IResourceBuilder<ProjectResource> builder, IConfiguration settings)
    {
        var byDefaultHttp2 = settings["Kestrel:EndpointDefaults:Protocols"] == "Http2";
        var listed = settings.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(e => e["Url"] is not null)
            .Select(e => new Listed(e.Key, BindingAddress.Parse(e["Url"]!), e["Protocols"]))
            .ToArray();

        foreach (var scheme in listed.GroupBy(e => e.Address.Scheme))
        {
            foreach (var entry in scheme)
            {
                // The only endpoint of its scheme goes by the scheme, whatever its own name is.
                builder.WithEndpoint(scheme.Count() == 1 ? scheme.Key : entry.Name, endpoint =>
                {
                    endpoint.UriScheme = entry.Address.Scheme;
                    endpoint.Port = entry.Address.Port;
                    endpoint.TargetHost = IsLocalhost(entry.Address.Host) ? "localhost" : entry.Address.Host;
                    if (entry.Protocols is null ? byDefaultHttp2 : entry.Protocols == "Http2")
                    {
                        endpoint.Transport = "http2";
                    }
                });
            }
        }

        return listed.Length > 0;
    }

    /// <summary>Once Kestrel reads endpoints from its configuration it looks nowhere else, so all of them go there.</summary>
    public static void OverrideUrls(EnvironmentCallbackContext context, ProjectResource project)
    {
        foreach (var endpoint in project.GetEndpoints())
        {
            context.EnvironmentVariables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] = Listening(endpoint);
        }
    }

    /// <summary>What a project without such configuration listens on.</summary>
    public static void SetUrls(EnvironmentCallbackContext context, ProjectResource project)
    {
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in project.GetEndpoints())
        {
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.AppendFormatted(Listening(endpoint));
            if (endpoint.IsHttps)
            {
                context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }
        }

        if (!urls.IsEmpty)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    private static ReferenceExpression Listening(EndpointReference endpoint)
    {
        var annotation = endpoint.EndpointAnnotation;
        // Behind a proxy the process has no business on the outside address.
        var host = annotation.HasProxy ? "localhost" : annotation.TargetHost;
        return ReferenceExpression.Create($"{annotation.UriScheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
    }

    private static bool IsLocalhost(string host) => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase);
}
