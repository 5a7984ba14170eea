using System.Diagnostics;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>One answer to a scraper, and when its values were collected.</summary>
internal sealed record Scrape(ReadOnlyMemory<byte> Text, DateTimeOffset At, long Timestamp);

/// <summary>Collects when a scraper asks: one at a time, and not again within the time for which the last answer holds.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter(PrometheusAspNetCoreOptions options) : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMilliseconds = 10_000;

    private readonly TimeSpan _holdsFor = TimeSpan.FromMilliseconds(options.ScrapeResponseCacheDurationMilliseconds);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<TextFormat, Scrape> _last = [];

    // Between a Collect and the Export that it causes, on the same thread.
    private TextFormat _format = TextFormat.Prometheus;
    private byte[]? _text;

    public Func<int, bool>? Collect { get; set; }

    /// <exception cref="InvalidOperationException">The metrics could not be collected in time.</exception>
    public async Task<Scrape> ScrapeAsync(TextFormat format, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_last.TryGetValue(format, out var last) && Stopwatch.GetElapsedTime(last.Timestamp) < _holdsFor)
            {
                return last;
            }

            (_format, _text) = (format, null);
            if (Collect?.Invoke(CollectMilliseconds) is not true || _text is null)
            {
                throw new InvalidOperationException("The metrics could not be collected.");
            }

            return _last[format] = new Scrape(_text, DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
        }
        finally
        {
            _turn.Release();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new List<MetricFamily>();
        foreach (var metric in batch)
        {
            MetricFamily.Add(families, metric);
        }

        using var writer = new ExpositionWriter(_format);
        writer.WriteTarget(ParentProvider.GetResource());
        foreach (var family in families)
        {
            writer.Write(family);
        }

        _text = writer.Finish();
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turn.Dispose();
        }

        base.Dispose(disposing);
    }
}
