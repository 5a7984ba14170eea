using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>
/// A named Polly pipeline per dependency (<see cref="ResilienceRegistration.AddPipeline"/>), from the outside in:
/// <code>
/// time-out for everything → retry (exponential, jitter; inside a turn once) → circuit breaker → time-out per attempt → the call
/// </code>
/// Changed settings take effect with the next call; calls under way finish where they began.
/// </summary>
public sealed partial class Pipelines : IDisposable
{
    private readonly FrozenDictionary<string, Dependency> dependencies;
    private readonly ResiliencePipelineRegistry<string> registry;
    private readonly ILogger<Pipelines> logger;
    private readonly IDisposable? changes;

    public Pipelines(
        IEnumerable<PipelineName> names, IOptionsMonitor<PipelineOptions> options, ResilienceTelemetry telemetry, TimeProvider time, ILogger<Pipelines> logger)
    {
        this.logger = logger;
        registry = new(new() { BuilderFactory = () => new() { TimeProvider = time, TelemetryListener = telemetry } });
        dependencies = names.Select(n => n.Value).Distinct().ToFrozenDictionary(n => n, n => new Dependency(options.Get(n), time));
        foreach (var (name, dependency) in dependencies)
        {
            registry.TryAddBuilder(name, (builder, context) =>
            {
                context.AddReloadToken(dependency.Changed.Token);
                Compose(builder, dependency);
            });
            // Now, by one thread: when two ask first at once the registry builds two and disposes of one, and the breaker might watch that one.
            registry.GetPipeline(name);
        }

        telemetry.Watch(this);
        changes = options.OnChange(Apply);
    }

    public IReadOnlyCollection<string> Names => dependencies.Keys;

    public ResiliencePipeline Of(string dependency) => dependencies.ContainsKey(dependency)
        ? registry.GetPipeline(dependency)
        : throw new InvalidOperationException($"No pipeline \"{dependency}\" is registered: AddPipeline(\"{dependency}\") is missing.");

    public Breaker BreakerOf(string dependency) => dependencies[dependency].Breaker;

    public void Dispose()
    {
        changes?.Dispose();
        registry.Dispose();
    }

    private static void Compose(ResiliencePipelineBuilder builder, Dependency dependency)
    {
        var options = dependency.Options;
        builder.AddTimeout(options.TotalTimeout);
        if (options.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => new(args.Outcome.Exception is { } e && Recovery.Of(e).TriesAgain && TurnBudget.MayRetry(args.Context)),
                MaxRetryAttempts = options.Retries,
                Delay = options.FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            });
        }

        builder
            .AddCircuitBreaker(dependency.Breaker.Watch(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => Recovery.Of(e).Blames),
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakerThroughput,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakFor,
            }))
            .AddTimeout(options.Timeout);
    }

    private void Apply(PipelineOptions fresh, string? name)
    {
        if (name is not null && dependencies.TryGetValue(name, out var dependency) && dependency.Options != fresh)
        {
            dependency.Change(fresh);
            LogChanged(logger, name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The pipeline of {Dependency} has new settings")]
    private static partial void LogChanged(ILogger logger, string dependency);

    private sealed class Dependency(PipelineOptions options, TimeProvider time)
    {
        public PipelineOptions Options { get; private set; } = options;

        public Breaker Breaker { get; } = new(time);

        /// <summary>Cancelled when the pipeline is to be built again.</summary>
        public CancellationTokenSource Changed { get; private set; } = new();

        public void Change(PipelineOptions fresh)
        {
            Options = fresh;
            var old = Changed;
            Changed = new();
            old.Cancel();
            old.Dispose();
        }
    }
}
