namespace OpenTelemetry.Exporter;

public class PrometheusAspNetCoreOptions
{
    /// <summary>Default: <c>/metrics</c>.</summary>
    public string? ScrapeEndpointPath { get; set; } = "/metrics";

    /// <summary>How long an answer is given again without collecting anew, in milliseconds; 0 turns that off. Default: 300.</summary>
    public int ScrapeResponseCacheDurationMilliseconds { get; set; } = 300;
}
