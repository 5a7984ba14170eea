using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Museum.ServiceDefaults.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>Settings of one dependency's pipeline, section <c>Resilience:NAME</c>.</summary>
public sealed record PipelineOptions
{
    /// <summary>For one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>0–3. Only idempotent calls go through a pipeline that retries; a stream never after its first byte.</summary>
    public int Retries { get; init; } = 3;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The breaker opens when half of at least this many calls within 10 s have failed.</summary>
    public int BreakerThroughput { get; init; } = 5;

    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>A named Polly pipeline per dependency: retry with exponential back-off and jitter, circuit breaker, time-out per attempt.</summary>
public sealed class Pipelines(IConfiguration configuration, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline> pipelines = new();

    public ResiliencePipeline Of(string dependency) => pipelines.GetOrAdd(dependency, Build);

    private ResiliencePipeline Build(string dependency)
    {
        var options = configuration.GetSection("Resilience:" + dependency).Get<PipelineOptions>() ?? new PipelineOptions();
        var transient = new PredicateBuilder().Handle<Exception>(IsTransient);
        var builder = new ResiliencePipelineBuilder { Name = dependency, TimeProvider = time };
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                // An open circuit refuses at once; to wait for it would only delay the fallback.
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => e is not BrokenCircuitException && IsTransient(e)),
                MaxRetryAttempts = Math.Min(options.Retries, 3),
                Delay = options.FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            });
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = transient,
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerThroughput,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = options.BreakFor,
            })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>What its caller gave up is not tried again.</summary>
    private static bool IsTransient(Exception e) =>
        ErrorInfo.Of(e) is { Retryable: true, Category: ErrorCategory.Network or ErrorCategory.Dependency, Code: not "cancelled" };
}
