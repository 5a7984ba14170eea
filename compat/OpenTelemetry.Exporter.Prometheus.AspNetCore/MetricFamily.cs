using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>
/// Metrics of one name, which a scraper wants together, by
/// https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/. The name is without <c>_total</c>.
/// </summary>
internal sealed record MetricFamily(string Name, string? Unit, string Type, string Help, List<Metric> Metrics)
{
    public const string Counter = "counter";
    public const string Gauge = "gauge";
    public const string Histogram = "histogram";

    /// <summary>Several meters may have an instrument of the same name. Where they contradict each other the first is right, and the others are left out.</summary>
    public static void Add(List<MetricFamily> families, Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        if (type is null)
        {
            return;
        }

        var unit = MetricNames.Unit(metric.Unit);
        var name = MetricNames.Name(metric.Name, unit, type == Counter);
        if (families.Find(f => f.Name == name) is not { } family)
        {
            families.Add(new MetricFamily(name, unit, type, metric.Description, [metric]));
        }
        else if (family.Type == type)
        {
            family.Metrics.Add(metric);
        }
    }

    /// <summary>Null: an exponential histogram, which the text formats have no form for.</summary>
    private static string? TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => Counter,
        MetricType.Histogram => Histogram,
        MetricType.ExponentialHistogram => null,
        _ => Gauge,
    };
}
