using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Tells a resource where another one's endpoints are: every endpoint, every replica.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        return builder.WithEnvironment(context => AddEndpoints(context, source.Resource, only: null));
    }

    /// <summary>Tells a resource where one endpoint of another is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return builder.WithEnvironment(context => AddEndpoints(context, endpointReference.Resource, endpointReference.EndpointName));
    }

    /// <summary>Tells a resource where something outside the application is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, string name, Uri uri)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.IsAbsoluteUri && uri.AbsolutePath == "/"
            ? builder.WithEnvironment($"services__{name}__default__0", uri.ToString())
            : throw new InvalidOperationException($"The uri for service reference '{name}' must be absolute, with the path '/'.");
    }

    /// <summary>Gives a resource another one's connection string, whole and in its parts.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(source);
        var resource = source.Resource;
        connectionName ??= resource.Name;
        return builder.WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{connectionName}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            var prefix = ResourceName.ForVariable(connectionName).ToUpperInvariant();
            foreach (var (property, value) in resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[$"{prefix}_{property.ToUpperInvariant()}"] = value;
            }
        });
    }

    private static void AddEndpoints(EnvironmentCallbackContext context, IResourceWithEndpoints source, string? only)
    {
        foreach (var endpoint in source.GetEndpoints())
        {
            if (only is null ? endpoint.ExcludeReferenceEndpoint : !string.Equals(endpoint.EndpointName, only, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var variable = $"{ResourceName.ForVariable(source.Name)}_{ResourceName.ForVariable(endpoint.EndpointName)}";
            context.EnvironmentVariables[variable.ToUpperInvariant()] = endpoint;

            // http and https go by their scheme, so that a service may be upgraded to TLS; others by their name.
            var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
            foreach (var address in AddressesOf(endpoint))
            {
                context.EnvironmentVariables[NextKey(context, $"services__{source.Name}__{key}__")] = address;
            }
        }
    }

    private static IEnumerable<object> AddressesOf(EndpointReference endpoint)
    {
        var annotation = endpoint.EndpointAnnotation;
        return annotation.HasProxy || annotation.ReplicaPorts.Count < 2
            ? [endpoint]
            : Enumerable.Range(0, annotation.ReplicaPorts.Count).Select(annotation.UriOfReplica);
    }

    // Two references may share a scheme: each takes the next index.
    private static string NextKey(EnvironmentCallbackContext context, string prefix) =>
        Enumerable.Range(0, int.MaxValue).Select(i => prefix + i.ToString(CultureInfo.InvariantCulture)).First(k => !context.EnvironmentVariables.ContainsKey(k));
}
