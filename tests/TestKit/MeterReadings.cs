using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Museum.TestKit;

/// <summary>What one meter of one service measures while this lives: sums of counters, values of histograms, each with its tags.</summary>
public sealed class MeterReadings : IDisposable
{
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> measured = new();
    private readonly MeterListener listener = new();

    /// <param name="scope">The service's own factory: meters of other hosts in this process are not heard.</param>
    /// <param name="meter">The meter's name.</param>
    public MeterReadings(IMeterFactory scope, string meter)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == meter && ReferenceEquals(instrument.Meter.Scope, scope))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Of a counter, by the tags that are named: <c>Sum("museum.work.waiting", "priority=low")</c>.</summary>
    public double Sum(string instrument, params string[] tags) => Values(instrument, tags).Sum();

    /// <summary>Every value that was recorded, in order.</summary>
    public double[] Values(string instrument, params string[] tags) =>
        [.. measured.Where(m => m.Instrument == instrument && tags.All(t => m.Tags.Contains($" {t} ", StringComparison.Ordinal))).Select(m => m.Value)];

    /// <summary>What an observable instrument says now.</summary>
    public double Observe(string instrument, params string[] tags)
    {
        measured.Clear();
        listener.RecordObservableInstruments();
        return Sum(instrument, tags);
    }

    public void Dispose() => listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = " ";
        foreach (var (key, tag) in tags)
        {
            text += $"{key}={tag} ";
        }

        measured.Enqueue((instrument.Name, value, text));
    }
}
