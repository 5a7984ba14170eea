using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter;

/// <summary>
/// Writes families in one of the two formats, for example
/// <code>
/// # TYPE inference_duration_seconds histogram
/// # HELP inference_duration_seconds How long an engine worked.
/// inference_duration_seconds_bucket{otel_scope_name="Museum.AudioService",engine="flite",le="0.05"} 3
/// </code>
/// </summary>
internal sealed class ExpositionWriter(TextFormat format) : IDisposable
{
    // What a service has to tell is some tens of kilobytes.
    private readonly MemoryStream _bytes = new(64 * 1024);
    private readonly StringBuilder _line = new(512);

    public void WriteTarget(Resource resource)
    {
        if (!resource.Attributes.Any())
        {
            return;
        }

        WriteMetadata(format.IsOpenMetrics ? "target" : "target_info", format.IsOpenMetrics ? "info" : MetricFamily.Gauge, "Target metadata", unit: null);
        var labels = new LabelSet();
        foreach (var (key, value) in resource.Attributes)
        {
            labels.Add(key, value);
        }

        WriteSample("target_info", labels.Text, "1");
    }

    public void Write(MetricFamily family)
    {
        var isCounter = family.Type == MetricFamily.Counter;
        var sample = isCounter ? family.Name + "_total" : family.Name;
        WriteMetadata(isCounter && !format.IsOpenMetrics ? sample : family.Name, family.Type, family.Help, family.Unit);
        foreach (var metric in family.Metrics)
        {
            var scope = LabelSet.OfScope(metric);
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                var labels = new LabelSet(scope);
                foreach (var (key, value) in point.Tags)
                {
                    labels.Add(key, value);
                }

                if (family.Type == MetricFamily.Histogram)
                {
                    WriteHistogram(family.Name, labels.Text, in point);
                }
                else
                {
                    WriteSample(sample, labels.Text, ValueOf(metric.MetricType, in point), isCounter ? ExemplarOf(in point, metric.MetricType, double.NegativeInfinity, double.PositiveInfinity) : null);
                }
            }
        }
    }

    public byte[] Finish()
    {
        if (format.IsOpenMetrics)
        {
            _line.Append("# EOF");
            EndLine();
        }

        return _bytes.ToArray();
    }

    public void Dispose() => _bytes.Dispose();

    private static string ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong().ToString(CultureInfo.InvariantCulture),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => point.GetGaugeLastValueLong().ToString(CultureInfo.InvariantCulture),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        long total = 0;
        var above = double.NegativeInfinity;
        var before = labels.Length == 0 ? "" : labels + ",";
        foreach (var bucket in point.GetHistogramBuckets())
        {
            total += bucket.BucketCount;
            WriteSample(
                name + "_bucket",
                $"{before}le=\"{Bound(bucket.ExplicitBound)}\"",
                total.ToString(CultureInfo.InvariantCulture),
                ExemplarOf(in point, MetricType.Histogram, above, bucket.ExplicitBound));
            above = bucket.ExplicitBound;
        }

        WriteSample(name + "_sum", labels, Number(point.GetHistogramSum()));
        WriteSample(name + "_count", labels, point.GetHistogramCount().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>OpenMetrics writes a whole number as <c>1.0</c> here, so that all scrapers have one series.</summary>
    private string Bound(double bound)
    {
        var text = Number(bound);
        return format.IsOpenMetrics && double.IsInteger(bound) && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }

    /// <summary>The newest measurement within the bounds that was part of a trace: <c># {trace_id="…",span_id="…"} 0.07 1700000000.123</c>.</summary>
    private string? ExemplarOf(in MetricPoint point, MetricType type, double above, double atMost)
    {
        if (!format.IsOpenMetrics || !point.TryGetExemplars(out var exemplars))
        {
            return null;
        }

        string? found = null;
        var newest = DateTimeOffset.MinValue;
        foreach (ref readonly var exemplar in exemplars)
        {
            var value = type == MetricType.LongSum ? exemplar.LongValue : exemplar.DoubleValue;
            if (exemplar.TraceId != default && value > above && value <= atMost && exemplar.Timestamp > newest)
            {
                newest = exemplar.Timestamp;
                found = $"# {{trace_id=\"{exemplar.TraceId}\",span_id=\"{exemplar.SpanId}\"}} {Number(value)} {Number(newest.ToUnixTimeMilliseconds() / 1000.0)}";
            }
        }

        return found;
    }

    private void WriteMetadata(string name, string type, string help, string? unit)
    {
        _line.Append("# TYPE ").Append(name).Append(' ').Append(type);
        EndLine();
        if (format.IsOpenMetrics && unit is not null)
        {
            _line.Append("# UNIT ").Append(name).Append(' ').Append(unit);
            EndLine();
        }

        if (help.Length > 0)
        {
            var escaped = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            _line.Append("# HELP ").Append(name).Append(' ').Append(format.IsOpenMetrics ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped);
            EndLine();
        }
    }

    private void WriteSample(string name, string labels, string value, string? exemplar = null)
    {
        _line.Append(name);
        if (labels.Length > 0)
        {
            _line.Append('{').Append(labels).Append('}');
        }

        _line.Append(' ').Append(value);
        if (exemplar is not null)
        {
            _line.Append(' ').Append(exemplar);
        }

        EndLine();
    }

    private void EndLine()
    {
        _line.Append('\n');
        _bytes.Write(Encoding.UTF8.GetBytes(_line.ToString()));
        _line.Clear();
    }
}
