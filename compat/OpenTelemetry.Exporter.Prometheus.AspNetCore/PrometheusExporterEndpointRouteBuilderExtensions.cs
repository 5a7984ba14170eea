using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Microsoft.AspNetCore.Builder;

public static class PrometheusExporterEndpointRouteBuilderExtensions
{
    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var options = endpoints.ServiceProvider.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>().CurrentValue;
        return endpoints.MapPrometheusScrapingEndpoint(options.ScrapeEndpointPath ?? new PrometheusAspNetCoreOptions().ScrapeEndpointPath!);
    }

    public static IEndpointConventionBuilder MapPrometheusScrapingEndpoint(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // The provider makes the readers; whoever asks for it first.
        _ = endpoints.ServiceProvider.GetRequiredService<MeterProvider>();
        var exporter = endpoints.ServiceProvider.GetService<PrometheusExporter>()
            ?? throw new ArgumentException("A PrometheusExporter could not be found configured on the provided MeterProvider.");
        return endpoints.MapGet(path, context => AnswerAsync(context, exporter)).WithDisplayName("Prometheus metrics").ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext context, PrometheusExporter exporter)
    {
        var format = TextFormat.Accepted(context.Request.Headers.Accept);
        var scrape = await exporter.ScrapeAsync(format, context.RequestAborted);
        context.Response.ContentType = format.ContentType;
        context.Response.Headers.LastModified = scrape.At.ToString("R");
        context.Response.ContentLength = scrape.Text.Length;
        await context.Response.Body.WriteAsync(scrape.Text, context.RequestAborted);
    }
}
