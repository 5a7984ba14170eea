using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Resilience;

namespace Museum.ServiceDefaults.Health;

/// <summary>
/// <c>/health/live</c> and <c>/alive</c>: the process runs. <c>/health/ready</c>: it may get work; it speaks of this process only, so
/// that one lost dependency never evicts every replica. <c>/health</c>: everything, with what is degraded, since when and why, and the
/// circuit breaker of every pipeline.
/// Mapped in every environment, since probes need them; the gateway lets none of the services' own through.
/// </summary>
internal static class HealthEndpoints
{
    public const string Live = "live";
    public const string Ready = "ready";

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", Only(Live)).AllowAnonymous();
        endpoints.MapHealthChecks("/alive", Only(Live)).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", Only(Ready)).AllowAnonymous();
        endpoints.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    private static HealthCheckOptions Only(string tag) => new()
    {
        Predicate = check => check.Tags.Contains(tag),
        ResponseWriter = WriteAsync,
    };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var pipelines = context.RequestServices.GetRequiredService<Pipelines>();
        var capabilities = context.RequestServices.GetRequiredService<Capabilities>().Snapshot();
        return context.Response.WriteAsJsonAsync(
            new
            {
                Status = report.Status.ToString().ToLowerInvariant(),
                Checks = report.Entries.ToDictionary(e => e.Key, e => new
                {
                    Status = e.Value.Status.ToString().ToLowerInvariant(),
                    e.Value.Description,
                }),
                Capabilities = capabilities.ToDictionary(c => c.Key, c => new
                {
                    State = c.Value.State.ToString().ToLowerInvariant(),
                    c.Value.Since,
                    c.Value.Reason,
                }),
                Breakers = pipelines.Names.Order(StringComparer.Ordinal).ToDictionary(name => name, name => new
                {
                    State = JsonNamingPolicy.SnakeCaseLower.ConvertName(pipelines.BreakerOf(name).State.ToString()),
                    pipelines.BreakerOf(name).Since,
                }),
            },
            ProtocolJson.Options,
            context.RequestAborted);
    }
}
