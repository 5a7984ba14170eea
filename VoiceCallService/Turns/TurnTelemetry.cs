using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Museum.VoiceCallService.Turns;

/// <summary>Spans and histograms of the turn; the names follow LiveKit's and OpenTelemetry's (anchors.md).</summary>
internal sealed class TurnTelemetry
{
    public const string Name = "Museum.VoiceCall";
    public static readonly ActivitySource Source = new(Name);

    // Around the goals: 30 ms to the first text, 150 ms to the first sound.
    private static readonly InstrumentAdvice<double> Buckets = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5] };
    private readonly Histogram<double> firstText;
    private readonly Histogram<double> firstSentence;
    private readonly Histogram<double> firstAudio;
    private readonly Counter<long> turns;

    public TurnTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        firstText = meter.CreateHistogram("museum.turn.first_text", "s", "From a question to the first text of its answer.", advice: Buckets);
        firstSentence = meter.CreateHistogram("museum.turn.first_sentence", "s", "From a question to the first whole sentence of its answer.", advice: Buckets);
        firstAudio = meter.CreateHistogram("museum.turn.first_audio", "s", "From a question to the first sound of its answer.", advice: Buckets);
        turns = meter.CreateCounter<long>("museum.turns", "{turn}", "Turns by how they ended.");
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
            histogram.Record(value / 1000);
        }
    }
}
