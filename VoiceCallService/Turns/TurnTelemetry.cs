using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Museum.VoiceCallService.Turns;

/// <summary>Spans and histograms of the turn; the names follow LiveKit's and OpenTelemetry's (anchors.md).</summary>
internal sealed class TurnTelemetry
{
    public const string Name = "Museum.VoiceCall";
    public static readonly ActivitySource Source = new(Name);

    // Milliseconds around the goals: 30 ms to the first text, 150 ms to the first sound.
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [5, 10, 20, 30, 50, 75, 100, 150, 250, 500, 1000, 2500, 5000] };
    private readonly Histogram<double> firstText;
    private readonly Histogram<double> firstSentence;
    private readonly Histogram<double> firstAudio;
    private readonly Counter<long> turns;

    public TurnTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        firstText = meter.CreateHistogram("museum.turn.first_text", "ms", advice: Buckets);
        firstSentence = meter.CreateHistogram("museum.turn.first_sentence", "ms", advice: Buckets);
        firstAudio = meter.CreateHistogram("museum.turn.first_audio", "ms", advice: Buckets);
        turns = meter.CreateCounter<long>("museum.turns", "{turn}");
    }

    public void Record(Turn turn, string outcome)
    {
        turns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        Record(firstText, turn.Times.FirstTextMs);
        Record(firstSentence, turn.Times.FirstSentenceMs);
        Record(firstAudio, turn.Times.FirstAudioMs);
    }

    private static void Record(Histogram<double> histogram, double? milliseconds)
    {
        if (milliseconds is { } value)
        {
            histogram.Record(value);
        }
    }
}
