using System.Diagnostics.Metrics;

namespace Museum.VoiceCallService.Quality;

/// <summary>How well this replica's visitors were heard: the last thousand sessions of the last day, and metrics without names of sessions.</summary>
internal sealed class VoiceQuality
{
    public const string Meter = "Museum.VoiceQuality";

    // A busy day of one replica; 64 KB.
    public const int MostSessions = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Queue<(DateTimeOffset At, SessionQuality Quality)> sessions = new(MostSessions);
    private readonly TimeProvider time;
    private readonly Histogram<double> clarity;
    private readonly Histogram<double> clipping;
    private readonly Histogram<double> signalToNoise;
    private readonly Histogram<double> loss;
    private readonly Histogram<double> latency;

    public VoiceQuality(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(Meter);
        clarity = meter.CreateHistogram<double>("museum.voice.clarity", "1", "Sessions by how clearly they were heard, 0 to 1.", advice: Shares);
        clipping = meter.CreateHistogram<double>("museum.voice.clipping", "1", "Sessions by the share of samples at full scale.", advice: Shares);
        signalToNoise = meter.CreateHistogram<double>("museum.voice.signal_to_noise", "{decibel}", "Sessions by speech above the room, in dB.", advice: new() { HistogramBucketBoundaries = [0, 5, 10, 15, 20, 25, 30, 40, 50] });
        loss = meter.CreateHistogram<double>("museum.voice.loss", "1", "Sessions by the share of sound that never came.", advice: Shares);
        latency = meter.CreateHistogram<double>("museum.voice.response_latency", "s", "Sessions by their mean time from the end of a question to the first sound of its answer.", advice: new() { HistogramBucketBoundaries = [0.2, 0.4, 0.65, 0.9, 1.2, 2, 4, 8] });
    }

    private static InstrumentAdvice<double> Shares => new() { HistogramBucketBoundaries = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1] };

    /// <summary>A session has ended.</summary>
    public void Record(SessionQuality quality)
    {
        clipping.Record(quality.Clipping);
        loss.Record(quality.Loss);
        Record(clarity, quality.Clarity);
        Record(signalToNoise, quality.SignalToNoise);
        Record(latency, quality.Latency?.TotalSeconds);
        lock (gate)
        {
            Forget();
            if (sessions.Count == MostSessions)
            {
                sessions.Dequeue();
            }

            sessions.Enqueue((time.GetUtcNow(), quality));
        }
    }

    public VoiceQualityReport Report()
    {
        lock (gate)
        {
            Forget();
            return VoiceQualityReport.Of([.. sessions.Select(s => s.Quality)]);
        }
    }

    private static void Record(Histogram<double> histogram, double? value)
    {
        if (value is { } measured)
        {
            histogram.Record(measured);
        }
    }

    private void Forget()
    {
        while (sessions.TryPeek(out var oldest) && time.GetUtcNow() - oldest.At > Window)
        {
            sessions.Dequeue();
        }
    }
}
