using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _transport;
    private bool? _isExternal;

    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, [EndpointName] string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        Protocol = protocol;
        UriScheme = uriScheme ?? protocol.ToString().ToLowerInvariant();
        _transport = transport;
        Name = name ?? UriScheme;
        Port = port;
        TargetPort = targetPort;
        _isExternal = isExternal;
        IsExplicitlyProxied = isProxied;
    }

    public ProtocolType Protocol { get; set; }

    public string Name { get; set; }

    /// <summary>The port that others use; chosen at random when it is null.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; chosen at random when it is null.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The address that is listened on: <c>localhost</c>, or one of this machine's addresses.</summary>
    public string TargetHost { get; set; } = "localhost";

    public string UriScheme { get; set; }

    /// <summary><c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    public bool IsExternal
    {
        get => _isExternal ?? false;
        set => _isExternal = value;
    }

    public bool? IsExplicitlyProxied { get; set; }

    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    /// <summary>Keeps the endpoint out of what <c>WithReference(resource)</c> passes on.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    public AllocatedEndpoint? AllocatedEndpoint { get; set; }

    /// <summary>What each replica listens on. The original hides replicas behind a proxy; see README.md for why this does not.</summary>
    internal IReadOnlyList<int> ReplicaPorts { get; set; } = [];

    /// <summary>True when <see cref="AllocatedEndpoint"/> is a proxy's and not the process's own.</summary>
    internal bool HasProxy { get; set; }

    internal string UriOfReplica(int replica) => $"{UriScheme}://{AllocatedEndpoint!.Address}:{ReplicaPorts[replica]}";
}

/// <summary>Where an endpoint is reached by others.</summary>
public class AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port)
{
    public EndpointAnnotation Endpoint { get; } = endpoint;

    public string Address { get; } = address;

    public int Port { get; } = port;

    public string UriScheme => Endpoint.UriScheme;

    public string EndPointString => $"{Address}:{Port}";

    public string UriString => $"{UriScheme}://{EndPointString}";

    public override string ToString() => UriString;
}
