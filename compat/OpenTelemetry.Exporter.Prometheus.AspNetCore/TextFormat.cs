using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OpenTelemetry.Exporter;

/// <summary>
/// The two texts that scrapers read: https://prometheus.io/docs/instrumenting/exposition_formats/ (0.0.4) and
/// https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md.
/// </summary>
internal sealed record TextFormat(bool IsOpenMetrics, string ContentType)
{
    public static readonly TextFormat Prometheus = new(false, "text/plain; version=0.0.4; charset=utf-8");

    public static readonly TextFormat OpenMetrics = new(true, "application/openmetrics-text; version=1.0.0; charset=utf-8");

    /// <summary>
    /// Prometheus itself asks with
    /// <c>application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1</c>.
    /// </summary>
    public static TextFormat Accepted(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            return Prometheus;
        }

        var best = wanted.OrderByDescending(w => w.Quality ?? 1)
            .FirstOrDefault(w => (w.Quality ?? 1) > 0 && (IsText(w) || IsKnownOpenMetrics(w)));
        return best is not null && !IsText(best) ? OpenMetrics : Prometheus;
    }

    private static bool IsText(MediaTypeHeaderValue wanted) => wanted.MediaType.Value is "text/plain" or "text/*" or "*/*";

    private static bool IsKnownOpenMetrics(MediaTypeHeaderValue wanted) =>
        wanted.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase)
        && wanted.Parameters.FirstOrDefault(p => p.Name == "version")?.Value.Value is null or "1.0.0";
}
