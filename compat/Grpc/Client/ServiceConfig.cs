using Grpc.Core;

namespace Grpc.Net.Client.Configuration;

/// <summary>Retries per method. Of the official settings only retry policies are here.</summary>
public sealed class ServiceConfig
{
    public IList<MethodConfig> MethodConfigs { get; } = [];
}

public sealed class MethodConfig
{
    public IList<MethodName> Names { get; } = [];

    public RetryPolicy? RetryPolicy { get; set; }
}

public sealed class MethodName
{
    /// <summary>Every method of every service.</summary>
    public static readonly MethodName Default = new();

    public string? Service { get; set; }

    public string? Method { get; set; }
}

/// <summary>A call that ends in one of the codes before its response headers came is made again.</summary>
public sealed class RetryPolicy
{
    /// <summary>At least 2, the first attempt included.</summary>
    public int? MaxAttempts { get; set; }

    public TimeSpan? InitialBackoff { get; set; }

    public TimeSpan? MaxBackoff { get; set; }

    public double? BackoffMultiplier { get; set; }

    public IList<StatusCode> RetryableStatusCodes { get; } = [];
}
