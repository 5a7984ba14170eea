using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Museum.Gateway.Edge;

/// <summary>
/// A browser can give a WebSocket no header, so its token comes as <c>?access_token=</c> or as subprotocol <c>bearer.TOKEN</c> (protocol.md,
/// Opening), and a live call's ticket as <c>?ticket=</c>. They are moved into the headers Authorization and Museum-Ticket before the
/// server's own log line and span are made: from there on no log, no trace and no service behind the gateway ever sees it in a URL.
/// </summary>
internal static class QueryTokenLift
{
    private const string Parameter = "access_token";
    private const string Ticket = "ticket";
    private const string TicketHeader = "Museum-Ticket";
    private const string Subprotocol = "bearer.";

    /// <summary>Puts the lift between Kestrel and the host, which is the only place before the first log line.</summary>
    public static void AddQueryTokenLift(this IServiceCollection services)
    {
        var kestrel = services.Last(s => s.ServiceType == typeof(IServer));
        services.AddSingleton<IServer>(provider => new LiftingServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!)));
    }

    public static void Lift(IHttpRequestFeature request)
    {
        var token = TakeFromQuery(request, Parameter);
        var isSocket = request.Path.StartsWith("/ws/", StringComparison.Ordinal);
        if (isSocket && TakeFromQuery(request, Ticket) is { Length: > 0 } ticket)
        {
            request.Headers[TicketHeader] = ticket;
        }

        if (!isSocket || request.Headers.Authorization.Count > 0)
        {
            return;
        }

        token ??= request.Headers.SecWebSocketProtocol
            .SelectMany(header => (header ?? "").Split(',', StringSplitOptions.TrimEntries))
            .FirstOrDefault(p => p.StartsWith(Subprotocol, StringComparison.Ordinal))?[Subprotocol.Length..];
        if (token is { Length: > 0 })
        {
            request.Headers.Authorization = "Bearer " + token;
        }
    }

    private static string? TakeFromQuery(IHttpRequestFeature request, string name)
    {
        if (request.QueryString.Length == 0)
        {
            return null;
        }

        string? token = null;
        var kept = new List<string>();
        foreach (var pair in new QueryStringEnumerable(request.QueryString))
        {
            if (pair.DecodeName().Span.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                token ??= pair.DecodeValue().ToString();
            }
            else
            {
                kept.Add($"{pair.EncodedName}={pair.EncodedValue}");
            }
        }

        if (token is not null)
        {
            request.QueryString = kept.Count == 0 ? "" : "?" + string.Join('&', kept);
            request.RawTarget = request.RawTarget.Split('?')[0] + request.QueryString;
        }

        return token;
    }

    private sealed class LiftingServer(IServer inner) : IServer
    {
        public IFeatureCollection Features => inner.Features;

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull =>
            inner.StartAsync(new LiftingApplication<TContext>(application), cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

        public void Dispose() => inner.Dispose();
    }

    private sealed class LiftingApplication<TContext>(IHttpApplication<TContext> inner) : IHttpApplication<TContext>
        where TContext : notnull
    {
        public TContext CreateContext(IFeatureCollection contextFeatures)
        {
            Lift(contextFeatures.GetRequiredFeature<IHttpRequestFeature>());
            return inner.CreateContext(contextFeatures);
        }

        public Task ProcessRequestAsync(TContext context) => inner.ProcessRequestAsync(context);

        public void DisposeContext(TContext context, Exception? exception) => inner.DisposeContext(context, exception);
    }
}
