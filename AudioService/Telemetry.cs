using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.AudioService.Synthesis;
using Museum.ServiceDefaults.Telemetry;

namespace Museum.AudioService;

/// <summary>What this service measures. Names: <c>museum.audio.…</c>, units in seconds as OpenTelemetry wants them.</summary>
internal static class Telemetry
{
    public const string Name = "Museum.AudioService";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> TimeToFirstByte = Meter.CreateHistogram(
        "tts_ttfb", "s", "From a sentence to its first sound.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2] });

    private static readonly Histogram<double> RealTimeFactor = Meter.CreateHistogram(
        "tts_rtf", "1", "Time to make a sentence by the time it sounds.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1] });

    public static long Start() => Stopwatch.GetTimestamp();

    public static void FirstSound(long started, string provider, string language, bool cached) => TimeToFirstByte.Record(
        Stopwatch.GetElapsedTime(started).TotalSeconds, new("provider", provider), new("language", language), new("cached", cached));

    public static void Spoken(long started, SentenceSound sound, string language)
    {
        RealTimeFactor.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds * sound.SampleRate / Math.Max(1, sound.Samples),
            new("provider", sound.Provider),
            new("language", language));
        InferenceDuration.Record(InferenceDuration.Tts, sound.Provider, started);
    }
}
