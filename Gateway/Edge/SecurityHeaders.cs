namespace Museum.Gateway.Edge;

/// <summary>What a browser may do with what comes from here.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy(context.Request.Host);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "microphone=(self), camera=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });

    /// <summary>
    /// Scripts from here alone. Styles also inline: components bring their own. Sound and pictures also from memory. Sockets to this
    /// very host are named, since older browsers do not count them as 'self'; the pictures inside a figure's file (GLB) are fetched from memory.
    /// </summary>
    private static string ContentPolicy(HostString host) => string.Join("; ", [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        $"connect-src 'self' blob: ws://{host.ToUriComponent()} wss://{host.ToUriComponent()}",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]);
}
