using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Museum.ServiceDefaults.Telemetry;

/// <summary>
/// How long the engines work: <c>inference_duration_seconds</c> to Prometheus. One instrument for all of them, by what they do
/// (<c>task</c>) and which of them it was (<c>model</c>, a name from the configuration, never from a request).
/// </summary>
public static class InferenceDuration
{
    public const string MeterName = "Museum.Inference";
    public const string Llm = "llm";
    public const string Tts = "tts";
    public const string Visemes = "visemes";
    public const string Stt = "stt";
    public const string Vad = "vad";

    private static readonly Meter Meter = new(MeterName);

    // From one VAD window (0.2 ms) to a model's whole answer.
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "inference.duration", "s", "How long an engine worked on one piece of work, successful or not.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0002, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });

    /// <param name="started">A time of <see cref="Stopwatch.GetTimestamp"/>.</param>
    public static void Record(string task, string model, long started) => Record(task, model, Stopwatch.GetElapsedTime(started));

    public static void Record(string task, string model, TimeSpan spent) => Duration.Record(spent.TotalSeconds, new("task", task), new("model", model));
}
