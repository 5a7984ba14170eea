using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter;

/// <summary>Labels of a series. Keys that become the same label share it, their values joined by a semicolon.</summary>
internal sealed class LabelSet
{
    private readonly List<KeyValuePair<string, string>> _labels;

    public LabelSet() => _labels = [];

    public LabelSet(LabelSet first) => _labels = [.. first._labels];

    /// <summary><c>name="value",other="value"</c>.</summary>
    public string Text => string.Join(',', _labels.Select(l => $"{l.Key}=\"{l.Value}\""));

    public static LabelSet OfScope(Metric metric)
    {
        var labels = new LabelSet();
        labels.Add("otel_scope_name", metric.MeterName);
        if (!string.IsNullOrEmpty(metric.MeterVersion))
        {
            labels.Add("otel_scope_version", metric.MeterVersion);
        }

        foreach (var (key, value) in metric.MeterTags ?? [])
        {
            labels.Add("otel_scope_" + key, value);
        }

        return labels;
    }

    public void Add(string key, object? value)
    {
        var (name, text) = (MetricNames.Label(key), Escape(value));
        var there = _labels.FindIndex(l => l.Key == name);
        if (there < 0)
        {
            _labels.Add(new(name, text));
        }
        else
        {
            _labels[there] = new(name, $"{_labels[there].Value};{text}");
        }
    }

    private static string Escape(object? value)
    {
        var text = value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            string s => s,
            Array list => "[" + string.Join(',', list.Cast<object?>().Select(Escape)) + "]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        return text.AsSpan().IndexOfAny("\\\"\n") < 0
            ? text
            : new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").ToString();
    }
}
