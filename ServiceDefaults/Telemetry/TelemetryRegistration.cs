using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Museum.ServiceDefaults.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; metrics for Prometheus at <c>/metrics</c> always.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>Every service's own sources and meters start with this.</summary>
    public const string Prefix = "Museum.*";

    /// <summary>Asked again and again by machines; their spans would tell nothing.</summary>
    private static readonly PathString[] Probes = ["/health", "/alive", "/metrics"];

    public static void AddMuseumTelemetry(this WebApplicationBuilder builder, string service)
    {
        _ = SocketTraffic.Instance;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service)
                .AddAttributes([new("deployment.environment.name", builder.Environment.EnvironmentName)]))
            .WithMetrics(metrics => metrics
                .AddMeter(Prefix, "MassTransit", "Polly", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.IncludeScopes = true;
        });
        telemetry
            .WithMetrics(metrics => metrics.SetExemplarFilter(ExemplarFilterType.TraceBased))
            .WithTracing(tracing => tracing
                .AddSource(Prefix, "MassTransit", "Npgsql")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !Probes.Any(path => context.Request.Path.StartsWithSegments(path)))
                .AddHttpClientInstrumentation())
            .UseOtlpExporter();
    }
}
