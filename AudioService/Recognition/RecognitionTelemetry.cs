using System.Diagnostics;
using System.Diagnostics.Metrics;
using Museum.ServiceDefaults.Telemetry;

namespace Museum.AudioService.Recognition;

/// <summary>What recognition measures. <c>transcription_delay</c> is LiveKit's name.</summary>
internal static class RecognitionTelemetry
{
    public const string Name = "Museum.AudioService.Recognition";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> TranscriptionDelay = Meter.CreateHistogram(
        "transcription_delay", "s", "From the last of the speech to its final transcript.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2, 5] });

    private static readonly Histogram<double> RealTimeFactor = Meter.CreateHistogram(
        "stt_rtf", "1", "Time to recognise an utterance, waiting for its sound left out, by the time it lasts.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2] });

    private static readonly Counter<long> Utterances = Meter.CreateCounter<long>("stt_utterances", "{utterance}", "Utterances heard to their end, by what came of them.");

    public static void Recognized(long endOfSpeech, string provider, string language, Transcript final)
    {
        TranscriptionDelay.Record(Stopwatch.GetElapsedTime(endOfSpeech).TotalSeconds, new("provider", provider), new("language", language));
        Utterances.Add(1, new("provider", provider), new("language", language), new("result", final switch
        {
            { Text: "" } => "nothing",
            { LowConfidence: true } => "low_confidence",
            _ => "heard",
        }));
    }

    /// <summary>Called by the engines, who know what they spent.</summary>
    public static void Inferred(TimeSpan spent, TimeSpan duration, string engine)
    {
        InferenceDuration.Record(InferenceDuration.Stt, engine, spent);
        if (duration > TimeSpan.Zero)
        {
            RealTimeFactor.Record(spent / duration, new KeyValuePair<string, object?>("engine", engine));
        }
    }
}
