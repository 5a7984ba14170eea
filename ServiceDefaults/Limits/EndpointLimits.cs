using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.ServiceDefaults.Limits;

/// <summary>Admits the requests to endpoints <see cref="LimitRegistration.WithLimit"/>, and measures how long they then wait for a thread.</summary>
internal static class EndpointLimits
{
    /// <summary>After authorization: what is refused for other reasons takes nobody's place.</summary>
    public static void UseLimits(this IApplicationBuilder app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<LimitedBy>() is { } limit ? RunAsync(context, next, limit.Name) : next(context));

    private static async Task RunAsync(HttpContext context, RequestDelegate next, string name)
    {
        var limiter = context.RequestServices.GetRequiredKeyedService<AdaptiveLimiter>(name);
        using var lease = await limiter.AcquireAsync(SessionOf(context), 1, context.RequestAborted);
        if (!lease.IsAcquired)
        {
            throw Busy(lease);
        }

        limiter.Observe(await ThreadWait.MeasureAsync(context.RequestServices.GetRequiredService<TimeProvider>()));
        await next(context);
    }

    private static ResourceException Busy(RateLimitLease lease) => new("server_busy", "Too much is asked for at the moment.")
    {
        RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : null,
    };

    private static string SessionOf(HttpContext context) =>
        context.User.SessionId() ?? context.User.FindFirstValue("sub") ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
}
