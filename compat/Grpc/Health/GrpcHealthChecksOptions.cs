using System.Collections;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which ASP.NET health checks make up the health of which gRPC service name.</summary>
public sealed class GrpcHealthChecksOptions
{
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Answers Check from the last published report instead of running the checks.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Leaves Watch calls running when the server stops, instead of ending them.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}

public sealed class HealthCheckMapContext
{
    public HealthCheckMapContext(string name, IEnumerable<string> tags)
    {
        Name = name;
        Tags = tags;
    }

    public string Name { get; }

    public IEnumerable<string> Tags { get; }
}

public sealed class ServiceMapping
{
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        Name = name;
        HealthCheckPredicate = predicate;
    }

    public string Name { get; }

    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; }

    internal bool Includes(string name, IEnumerable<string> tags) => HealthCheckPredicate(new HealthCheckMapContext(name, tags));

    internal bool Includes(HealthCheckRegistration registration) => Includes(registration.Name, registration.Tags);
}

public sealed class ServiceMappingCollection : IReadOnlyCollection<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _byName = [];

    public int Count => _byName.Count;

    public void Clear() => _byName.Clear();

    public void Remove(string name) => _byName.Remove(name);

    public void Add(ServiceMapping service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _byName.Add(service.Name, service);
    }

    /// <summary>Replaces the mapping of this name.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) => _byName[name] = new ServiceMapping(name, predicate);

    public IEnumerator<ServiceMapping> GetEnumerator() => _byName.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ServiceMapping? Find(string name) => _byName.GetValueOrDefault(name);
}
