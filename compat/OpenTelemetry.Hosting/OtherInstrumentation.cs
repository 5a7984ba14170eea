using OpenTelemetry.Instrumentation.Http;

namespace OpenTelemetry.Instrumentation.Http
{
    /// <summary>No setting of it is in the subset: the framework's own spans and meters are taken as they are.</summary>
    public class HttpClientTraceInstrumentationOptions
    {
    }
}

namespace OpenTelemetry.Trace
{
    public static class HttpClientInstrumentationTracerProviderBuilderExtensions
    {
        public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder) =>
            builder.AddSource("System.Net.Http");

        public static TracerProviderBuilder AddHttpClientInstrumentation(
            this TracerProviderBuilder builder, Action<HttpClientTraceInstrumentationOptions>? configureHttpClientTraceInstrumentationOptions) =>
            configureHttpClientTraceInstrumentationOptions is null
                ? builder.AddHttpClientInstrumentation()
                : throw new NotSupportedException(
                    "AddHttpClientInstrumentation with options is not part of Museum's stand-in for OpenTelemetry. Build with -p:MuseumPackages=official to use the real packages.");
    }
}

namespace OpenTelemetry.Metrics
{
    public static class AspNetCoreInstrumentationMeterProviderBuilderExtensions
    {
        public static MeterProviderBuilder AddAspNetCoreInstrumentation(this MeterProviderBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.AddMeter(
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "Microsoft.AspNetCore.Http.Connections",
                "Microsoft.AspNetCore.Routing",
                "Microsoft.AspNetCore.Diagnostics",
                "Microsoft.AspNetCore.RateLimiting");
        }
    }

    public static class HttpClientInstrumentationMeterProviderBuilderExtensions
    {
        public static MeterProviderBuilder AddHttpClientInstrumentation(this MeterProviderBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.AddMeter("System.Net.Http", "System.Net.NameResolution");
        }
    }

    public static class RuntimeInstrumentationMeterProviderBuilderExtensions
    {
        public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder)
        {
            ArgumentNullException.ThrowIfNull(builder);
            return builder.AddMeter("System.Runtime");
        }
    }
}
