using System.Text;
using System.Text.RegularExpressions;

namespace OpenTelemetry.Exporter;

/// <summary><c>http.server.request.duration</c> in <c>s</c> is <c>http_server_request_duration_seconds</c> to Prometheus.</summary>
internal static partial class MetricNames
{
    private const string Total = "_total";

    /// <param name="unit">As <see cref="Unit"/> writes it.</param>
    /// <returns>The family's name: with its unit, without the <c>_total</c> of a counter's samples.</returns>
    public static string Name(string instrument, string? unit, bool isCounter)
    {
        var name = Valid(instrument);
        name = isCounter && name.EndsWith(Total, StringComparison.Ordinal) ? name[..^Total.Length] : name;
        return unit is null || name.EndsWith("_" + unit, StringComparison.Ordinal) || name == unit ? name : $"{name}_{unit}";
    }

    /// <summary>Several characters that a name must not have become one underscore.</summary>
    public static string Valid(string name)
    {
        var valid = new StringBuilder(name.Length + 1);
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
        {
            valid.Append('_');
        }

        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c == ':')
            {
                valid.Append(c);
            }
            else if (valid.Length == 0 || valid[^1] != '_')
            {
                valid.Append('_');
            }
        }

        return valid.ToString();
    }

    /// <summary>A label's name; unlike a metric's it has no colon.</summary>
    public static string Label(string key) => Valid(key).Replace(':', '_');

    /// <summary>The unit in words: <c>s</c> is seconds, <c>By/s</c> bytes_per_second; null for <c>1</c> and for annotations like <c>{request}</c>.</summary>
    public static string? Unit(string unit)
    {
        unit = Annotation().Replace(unit, "");
        var slash = unit.IndexOf('/', StringComparison.Ordinal);
        var words = slash < 0 ? Base(unit) : Base(unit[..slash]) + "_per_" + Per(unit[(slash + 1)..]);
        words = Valid(words).Trim('_');
        return words.Length == 0 || words.EndsWith("_per", StringComparison.Ordinal) ? null : words;
    }

    private static string Base(string unit) => unit switch
    {
        "1" => "",
        "d" => "days",
        "h" => "hours",
        "min" => "minutes",
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "%" => "percent",
        "Hz" => "hertz",
        "Cel" => "celsius",
        _ => unit,
    };

    private static string Per(string unit) => unit switch
    {
        "s" => "second",
        "m" => "minute",
        "h" => "hour",
        "d" => "day",
        _ => unit,
    };

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Annotation();
}
