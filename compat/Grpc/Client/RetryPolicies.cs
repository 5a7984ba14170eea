using Grpc.Core;
using Grpc.Net.Client.Configuration;

namespace Grpc.Net.Client;

/// <summary>The retry policy of each method: the most specific name wins.</summary>
internal sealed class RetryPolicies
{
    private readonly Dictionary<(string? Service, string? Method), RetryPolicy> _byName = [];
    private readonly int _maxAttempts;

    public RetryPolicies(GrpcChannelOptions options)
    {
        _maxAttempts = options.MaxRetryAttempts ?? int.MaxValue;
        foreach (var config in options.ServiceConfig?.MethodConfigs ?? [])
        {
            if (config.RetryPolicy is not { } policy)
            {
                continue;
            }

            Validate(policy);
            foreach (var name in config.Names)
            {
                if (!_byName.TryAdd((name.Service, name.Method), policy))
                {
                    throw new InvalidOperationException($"Duplicate method config found. Service: '{name.Service}', method: '{name.Method}'.");
                }
            }
        }
    }

    public RetryPolicy? For(IMethod method) =>
        _byName.Count == 0 ? null
        : _byName.TryGetValue((method.ServiceName, method.Name), out var policy) ? policy
        : _byName.TryGetValue((method.ServiceName, null), out policy) ? policy
        : _byName.GetValueOrDefault((null, null));

    public int AttemptsOf(RetryPolicy policy) => Math.Min(policy.MaxAttempts!.Value, _maxAttempts);

    /// <summary>A random share of the back-off, so that clients of a failed server do not return in step.</summary>
    public static TimeSpan DelayBefore(RetryPolicy policy, int attempt)
    {
        var ceiling = policy.InitialBackoff!.Value * Math.Pow(policy.BackoffMultiplier!.Value, attempt - 2);
#pragma warning disable CA5394 // Jitter guards no secret.
        return Random.Shared.NextDouble() * (ceiling < policy.MaxBackoff!.Value ? ceiling : policy.MaxBackoff.Value);
#pragma warning restore CA5394
    }

    private static void Validate(RetryPolicy policy)
    {
        if (policy.MaxAttempts is not > 1
            || policy.InitialBackoff is not { Ticks: > 0 }
            || policy.MaxBackoff is not { Ticks: > 0 }
            || policy.BackoffMultiplier is not > 0
            || policy.RetryableStatusCodes.Count == 0)
        {
            throw new InvalidOperationException(
                "A retry policy needs MaxAttempts of at least 2, InitialBackoff, MaxBackoff and BackoffMultiplier above zero, and RetryableStatusCodes.");
        }
    }
}
