using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly.Telemetry;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>
/// Polly's telemetry as metrics, under the names of Polly.Extensions (pollydocs.org, telemetry), and as events of the span that the call
/// is made in; and the state of every breaker.
/// </summary>
public sealed class ResilienceTelemetry : TelemetryListener
{
    public const string MeterName = "Museum.Resilience";

    // Of pipelines and attempts, from a Redis call to a model's patience.
    private static readonly double[] Milliseconds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000];
    private readonly Meter meter;
    private readonly Counter<long> events;
    private readonly Histogram<double> attempts;
    private readonly Histogram<double> executions;

    public ResilienceTelemetry(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        events = meter.CreateCounter<long>("resilience.polly.strategy.events", description: "Retries, time-outs, breakers that open and close.");
        attempts = Duration("resilience.polly.strategy.attempt.duration", "Of one attempt.");
        executions = Duration("resilience.polly.pipeline.duration", "Of a call with all its attempts.");
    }

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (args.Event.Severity == ResilienceEventSeverity.None)
        {
            return;
        }

        var tags = new TagList { { "pipeline.name", args.Source.PipelineName } };
        if (args.Outcome?.Exception is { } exception)
        {
            tags.Add("exception.type", exception.GetType().FullName);
        }

        switch (args.Arguments)
        {
            case PipelineExecutingArguments:
                break;
            case PipelineExecutedArguments executed:
                executions.Record(executed.Duration.TotalMilliseconds, tags);
                break;
            case ExecutionAttemptArguments attempt:
                tags.Add("attempt.number", attempt.AttemptNumber);
                tags.Add("attempt.handled", attempt.Handled);
                attempts.Record(attempt.Duration.TotalMilliseconds, tags);
                break;
            default:
                tags.Add("event.name", args.Event.EventName);
                tags.Add("event.severity", args.Event.Severity.ToString());
                tags.Add("strategy.name", args.Source.StrategyName);
                events.Add(1, tags);
                Activity.Current?.AddEvent(new ActivityEvent(args.Event.EventName, tags: [.. tags]));
                break;
        }
    }

    /// <summary><c>museum.breaker.state</c> per pipeline: 0 closed, 1 open, 2 half open, 3 isolated, as Polly numbers them.</summary>
    internal void Watch(Pipelines pipelines) => meter.CreateObservableGauge(
        "museum.breaker.state",
        () => pipelines.Names.Select(name => new Measurement<int>((int)pipelines.BreakerOf(name).State, new KeyValuePair<string, object?>("pipeline.name", name))),
        description: "0 closed, 1 open, 2 half open, 3 isolated.");

    private Histogram<double> Duration(string name, string description) =>
        meter.CreateHistogram(name, "ms", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Milliseconds });
}
