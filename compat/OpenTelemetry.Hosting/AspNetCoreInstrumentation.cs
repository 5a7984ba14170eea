using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Instrumentation.AspNetCore
{
    public class AspNetCoreTraceInstrumentationOptions
    {
        /// <summary>Requests for which it is false leave no span.</summary>
        public Func<HttpContext, bool>? Filter { get; set; }

        public Action<Activity, HttpRequest>? EnrichWithHttpRequest { get; set; }

        public Action<Activity, HttpResponse>? EnrichWithHttpResponse { get; set; }

        public Action<Activity, Exception>? EnrichWithException { get; set; }

        /// <summary>Adds unhandled exceptions to the span as events.</summary>
        public bool RecordException { get; set; }
    }
}

namespace OpenTelemetry.Trace
{
    public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
    {
        public static TracerProviderBuilder AddAspNetCoreInstrumentation(this TracerProviderBuilder builder) =>
            builder.AddAspNetCoreInstrumentation(name: null, null);

        public static TracerProviderBuilder AddAspNetCoreInstrumentation(
            this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions) =>
            builder.AddAspNetCoreInstrumentation(name: null, configureAspNetCoreTraceInstrumentationOptions);

        public static TracerProviderBuilder AddAspNetCoreInstrumentation(
            this TracerProviderBuilder builder, string? name, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions)
        {
            ArgumentNullException.ThrowIfNull(builder);

            // ASP.NET Core 10 fills in its span only on request; read when the web server starts.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            var key = name ?? Options.DefaultName;
            if (configureAspNetCoreTraceInstrumentationOptions is not null)
            {
                builder.ConfigureServices(services => services.Configure(key, configureAspNetCoreTraceInstrumentationOptions));
            }

            return builder
                .AddSource("Microsoft.AspNetCore")
                .AddInstrumentation(services => new RequestSpans(
                    services.GetRequiredService<DiagnosticListener>(),
                    services.GetRequiredService<IOptionsMonitor<AspNetCoreTraceInstrumentationOptions>>().Get(key)));
        }
    }
}
