using System.Diagnostics.Metrics;

namespace Museum.AudioService.Ahead;

/// <summary>How far the work is, as <c>GET /api/audio/providers</c> tells it.</summary>
/// <param name="State"><c>off</c>, <c>waiting</c> (for TextService), <c>working</c>, <c>paused</c> (others are served, or memory is short), <c>done</c>, <c>over_budget</c>.</param>
/// <param name="ContentVersion">Empty: not known yet.</param>
/// <param name="Sentences">That the content lets the guide say, in all languages.</param>
/// <param name="Ready">How many of them are in the cache.</param>
internal sealed record AheadReading(string State, string ContentVersion, int Sentences, int Ready, double Seconds, long Bytes);

/// <summary>Counts what is ready; <c>museum.ahead.…</c>.</summary>
internal sealed class AheadProgress
{
    public const string MeterName = "Museum.Ahead";

    private readonly Counter<long> sentences;
    private volatile AheadReading reading = new("waiting", "", 0, 0, 0, 0);

    public AheadProgress(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        sentences = meter.CreateCounter<long>("museum.ahead.sentences", "{sentence}", "Sentences looked at ahead of time, by outcome (made, held, unspeakable).");
        meter.CreateObservableGauge("museum.ahead.planned", () => reading.Sentences, "{sentence}", "Sentences that the content lets the guide say.");
        meter.CreateObservableGauge("museum.ahead.ready", () => reading.Ready, "{sentence}", "Those of them that are in the cache.");
        meter.CreateObservableGauge("museum.ahead.speech", () => reading.Seconds, "s", "How long they sound.");
        meter.CreateObservableGauge("museum.ahead.size", () => reading.Bytes, "By", "What they take.");
    }

    public AheadReading Reading => reading;

    public void State(string state) => reading = reading with { State = state };

    public void Begin(string contentVersion, int planned) => reading = new AheadReading("working", contentVersion, planned, 0, 0, 0);

    public void Ready(string outcome, long bytes, double seconds)
    {
        sentences.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        var before = reading;
        reading = before with { Ready = before.Ready + 1, Bytes = before.Bytes + bytes, Seconds = before.Seconds + seconds };
    }

    public void Unspeakable() => sentences.Add(1, new KeyValuePair<string, object?>("outcome", "unspeakable"));
}
