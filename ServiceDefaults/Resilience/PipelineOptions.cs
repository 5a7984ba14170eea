using System.ComponentModel.DataAnnotations;
using Museum.ServiceDefaults.Configuration;

namespace Museum.ServiceDefaults.Resilience;

/// <summary>Settings of one dependency's pipeline, section <c>Resilience:NAME</c>; changed settings take effect with the next call.</summary>
public sealed record PipelineOptions
{
    public const string Section = "Resilience";

    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    [Setting("For one attempt; of a stream, until its first element.", Live = true)]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    [Setting("For all attempts and the pauses between them.", Live = true)]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Only idempotent calls go through a pipeline that retries.</summary>
    [Range(0, 3)]
    [Setting("How often a call is tried again; inside a turn at most once.", Live = true)]
    public int Retries { get; set; } = 3;

    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    [Setting("The pause before the first retry; it doubles with every retry, with jitter.", Live = true)]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    [Range(2, 10_000)]
    [Setting("The circuit breaker opens when half of at least this many calls within BreakerWindow have failed.", Live = true)]
    public int BreakerThroughput { get; set; } = 5;

    /// <summary>Short where many calls succeed in a moment: they would outvote the first failures for as long as they are remembered.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    [Setting("How long a call counts for the circuit breaker.", Live = true)]
    public TimeSpan BreakerWindow { get; set; } = TimeSpan.FromSeconds(10);

    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    [Setting("How long an open circuit refuses; then one call is let through.", Live = true)]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(5);
}
