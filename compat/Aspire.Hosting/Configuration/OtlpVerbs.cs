using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public enum OtlpProtocol
{
    Grpc = 0,
    HttpProtobuf = 1,
    HttpJson = 2,
}

public static class OtlpConfigurationExtensions
{
    // Fast enough to watch, while developing.
    private const string DevelopmentDelayMilliseconds = "1000";

    /// <summary>
    /// Tells a resource to send its telemetry to the dashboard. The original always has one; here the endpoint is set only when
    /// <c>ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL</c> (gRPC) or <c>ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL</c> says where.
    /// </summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => WithOtlp(builder, required: null);

    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment => WithOtlp(builder, protocol);

    private static IResourceBuilder<T> WithOtlp<T>(IResourceBuilder<T> builder, OtlpProtocol? required)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.ApplicationBuilder.Configuration;
        var isDevelopment = builder.ApplicationBuilder.Environment.IsDevelopment();
        return builder.WithEnvironment(context =>
        {
            var variables = context.EnvironmentVariables;
            if (Endpoint(configuration, required) is var (url, protocol))
            {
                variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
                variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol;
                if (configuration["AppHost:OtlpApiKey"] is { } key)
                {
                    variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
                }
            }

            variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={context.InstanceId}";
            variables["OTEL_SERVICE_NAME"] = builder.Resource.Name;
            if (isDevelopment)
            {
                variables["OTEL_BLRP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
                variables["OTEL_BSP_SCHEDULE_DELAY"] = DevelopmentDelayMilliseconds;
                variables["OTEL_METRIC_EXPORT_INTERVAL"] = DevelopmentDelayMilliseconds;
                variables["OTEL_TRACES_SAMPLER"] = "always_on";
                variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
                variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
            }
        });
    }

    private static (string Url, string Protocol)? Endpoint(ConfigurationManager configuration, OtlpProtocol? required)
    {
        var grpc = configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"];
        var http = configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] ?? configuration["DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"];
        return required switch
        {
            OtlpProtocol.HttpProtobuf when http is not null => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is not null => (http, "http/json"),
            _ when grpc is not null => (grpc, "grpc"),
            _ when http is not null => (http, "http/protobuf"),
            _ => null,
        };
    }
}
