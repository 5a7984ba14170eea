using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace OpenTelemetry.Metrics;

public static class PrometheusExporterMeterProviderBuilderExtensions
{
    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder) => builder.AddPrometheusExporter(name: null, configure: null);

    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder, Action<PrometheusAspNetCoreOptions> configure) =>
        builder.AddPrometheusExporter(name: null, configure);

    public static MeterProviderBuilder AddPrometheusExporter(this MeterProviderBuilder builder, string? name, Action<PrometheusAspNetCoreOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var key = name ?? Options.DefaultName;
        return builder
            .ConfigureServices(services =>
            {
                if (configure is not null)
                {
                    services.Configure(key, configure);
                }

                services.AddSingleton(provider => new PrometheusExporter(provider.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>().Get(key)));
            })
            .AddReader(provider => new BaseExportingMetricReader(provider.GetRequiredService<PrometheusExporter>()));
    }
}
