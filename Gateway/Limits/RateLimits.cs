using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway.Limits;

/// <summary>
/// Sliding windows over <c>/api</c>: by session, or by address where there is none yet. Sockets, gRPC, the page and the status, which
/// costs nothing and which a page or a probe asks for again and again, are not counted.
/// </summary>
internal static class RateLimits
{
    // A new tenth of the permits comes back every tenth of the window.
    private const int Segments = 10;

    private static readonly PathString[] WaysIn = ["/api/auth/visitor", "/api/auth/login", "/api/auth/token"];

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>((limiter, options) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, options.Value));
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known)
                    ? known
                    : TimeSpan.FromSeconds((double)options.Value.WindowSeconds / Segments);
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
    }

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimitOptions options)
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/api") || path.StartsWithSegments("/api/status"))
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        if (WaysIn.Any(way => path.StartsWithSegments(way)))
        {
            return Window("in:" + AddressOf(context), options.AnonymousPermitLimit ?? options.PermitLimit, options);
        }

        return Window(context.User.SessionId() ?? "at:" + AddressOf(context), options.PermitLimit, options);
    }

    private static RateLimitPartition<string> Window(string key, int permits, RateLimitOptions options) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
        {
            PermitLimit = permits,
            Window = TimeSpan.FromSeconds(options.WindowSeconds),
            SegmentsPerWindow = Segments,
            QueueLimit = 0,
        });

    /// <summary>An IPv6 guest owns a whole /64.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
