using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Configuration;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Health;
using Museum.ServiceDefaults.Limits;
using Museum.ServiceDefaults.Logging;
using Museum.ServiceDefaults.Memory;
using Museum.ServiceDefaults.Redis;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Scheduling;
using Museum.ServiceDefaults.Security;
using Museum.ServiceDefaults.Telemetry;

namespace Museum.ServiceDefaults.Hosting;

/// <summary>What every service has, in two lines of its Program.cs.</summary>
public static class ServiceDefaultsRegistration
{
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The resource's name in the AppHost; also the name of its config/services/NAME.json.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        builder.AddConfigurationLayers(service);
        builder.AddMuseumLogging();
        builder.AddMuseumTelemetry(service);
        builder.AddMuseumAuthentication();
        builder.AddHealth();
        builder.AddErrors();
        builder.AddState();
        builder.AddScheduling();
        builder.Services.AddMemoryGuard();

        var services = builder.Services;
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        services.AddGrpc(options => options.Interceptors.Add<GrpcErrorInterceptor>());
        services.AddGrpcHealthChecks();
        services.AddOpenApi();
        services.AddSingleton<GrpcAddress>();
        services.Configure<JsonOptions>(options =>
        {
            var house = ProtocolJson.Options;
            options.SerializerOptions.PropertyNamingPolicy = house.PropertyNamingPolicy;
            options.SerializerOptions.DictionaryKeyPolicy = null;
            options.SerializerOptions.Encoder = house.Encoder;
            options.SerializerOptions.NumberHandling = house.NumberHandling;
            options.SerializerOptions.MaxDepth = house.MaxDepth;
            options.SerializerOptions.DefaultIgnoreCondition = house.DefaultIgnoreCondition;
        });
        // A malformed body is the caller's mistake in every environment, never an HTML page or an empty 400.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(12));
        return builder;
    }

    /// <param name="app">The service.</param>
    /// <param name="metricsPolicy">
    /// Who may read <c>/metrics</c>. Left out: whoever reaches the port, which of a service are the house's own machines, since the gateway lets nobody through to it.
    /// </param>
    public static WebApplication MapDefaultEndpoints(this WebApplication app, string? metricsPolicy = null)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        // Routing itself answers a wrong method (405) or media type (415): asking for a token first would hide the caller's mistake.
        app.Use((context, next) => context.GetEndpoint() is { RequestDelegate: { } refuse } and not RouteEndpoint ? refuse(context) : next(context));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseLimits();
        app.MapHealth();
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapOpenApi().AllowAnonymous();
        var metrics = app.MapPrometheusScrapingEndpoint();
        _ = metricsPolicy is null ? metrics.AllowAnonymous() : metrics.RequireAuthorization(metricsPolicy);
        return app;
    }

    private static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Capabilities>();
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [HealthEndpoints.Live])
            .AddCheck<DrainingCheck>("draining", tags: [HealthEndpoints.Ready]);
    }

    private static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ErrorMetrics>();
        builder.Services.AddSingleton<ErrorResponse>();
        builder.Services.AddExceptionHandler<ProblemDetailsHandler>();
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = ProblemDetailsHandler.Complete);
        // After the framework's own, which is asked first.
        builder.Services.AddSingleton<IProblemDetailsWriter, AnyAcceptWriter>();
    }

    private static void AddState(this WebApplicationBuilder builder)
    {
        builder.Services.AddRedisStore();
        builder.Services.AddHostedService<VersionedStateWatcher>();
    }
}
