using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.Gateway.Limits;

/// <summary>
/// Requests to <c>/api</c>, gRPC calls and the openings of sockets, counted by session, or by address where there is none yet. The page
/// and the status, which costs nothing and which a page or a probe asks for again and again, are not counted.
/// </summary>
internal sealed class RequestLimit(SharedWindows shared, LocalWindows local, ErrorResponse errors, IOptionsMonitor<RateLimitOptions> options)
{
    private static readonly PathString[] WaysIn = ["/api/auth/visitor", "/api/auth/login", "/api/auth/token"];

    public async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (AllowanceOf(context) is not { } allowance)
        {
            await next(context);
            return;
        }

        var verdict = await TakeAsync(allowance, context.RequestAborted);
        // At the last moment, or an error that is written instead of the answer would take them away.
        context.Response.OnStarting(() =>
        {
            Tell(context.Response.Headers, allowance, verdict);
            return Task.CompletedTask;
        });
        if (verdict.IsAdmitted)
        {
            await next(context);
            return;
        }

        await errors.WriteAsync(context, ErrorInfo.OfStatus(StatusCodes.Status429TooManyRequests, "Too many requests.") with { RetryAfter = verdict.Reset });
    }

    private async ValueTask<Verdict> TakeAsync(Allowance allowance, CancellationToken cancellationToken)
    {
        if (await shared.TakeAsync(allowance, cancellationToken) is not { } verdict)
        {
            return local.Take(allowance);
        }

        // Should Redis go, this gateway knows at least what it has let through itself.
        if (verdict.IsAdmitted)
        {
            local.Take(allowance, force: true);
        }

        return verdict;
    }

    private Allowance? AllowanceOf(HttpContext context)
    {
        var path = context.Request.Path;
        var counts = path.StartsWithSegments("/api") ? !path.StartsWithSegments("/api/status") : path.StartsWithSegments("/ws") || IsGrpc(context.Request);
        if (!counts)
        {
            return null;
        }

        var settings = options.CurrentValue;
        return WaysIn.Any(way => path.StartsWithSegments(way))
            ? new("way_in", AddressOf(context), settings.AnonymousPermitLimit ?? settings.PermitLimit, settings.WindowSeconds)
            : new("visitor", CallerOf(context), settings.PermitLimit, settings.WindowSeconds);
    }

    private static bool IsGrpc(HttpRequest request) => request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) is true;

    private static string CallerOf(HttpContext context) =>
        context.User.SessionId() ?? context.User.FindFirstValue("sub") ?? "at:" + AddressOf(context);

    /// <summary>An IPv6 guest owns a whole /64.</summary>
    internal static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    /// <summary>draft-ietf-httpapi-ratelimit-headers-10, and the three headers of its earlier drafts, which more clients read.</summary>
    private static void Tell(IHeaderDictionary headers, Allowance allowance, Verdict verdict)
    {
        var reset = (long)Math.Ceiling(verdict.Reset.TotalSeconds);
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Policy}\";q={allowance.Limit};w={allowance.WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{allowance.Policy}\";r={verdict.Remaining};t={reset}");
        headers["RateLimit-Limit"] = allowance.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
    }
}
