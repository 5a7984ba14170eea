using System.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Museum.ServiceDefaults.Errors;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Tickets;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Every WebSocket of the house; all three paths speak protocol.md.</summary>
internal static class RealtimeEndpoints
{
    private const string Subprotocol = "museum";

    /// <summary>Those who cannot send a header say it in the query; the gateway makes a header of that, so that no log has it.</summary>
    private const string TicketHeader = "Museum-Ticket";

    public const string LiveCallPath = "/ws/voice/call";

    public static void MapRealtime(this WebApplication app)
    {
        // So that its gauge says 0 before the first session comes.
        _ = app.Services.GetRequiredService<SessionRegistry>();
        foreach (var path in new[] { "/ws/text/stream", LiveCallPath, "/ws/agent/stream" })
        {
            // Anonymous here, because authentication may also come in REGISTER; a token that does come must be good.
            app.MapGet(path, AcceptAsync).AllowAnonymous().ExcludeFromDescription();
        }
    }

    private static async Task AcceptAsync(HttpContext context, ConnectionParts parts, TicketDesk tickets, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            throw new ClientException("websocket_required", "This path speaks WebSocket only.");
        }

        var identity = await context.AuthenticateAsync();
        if (identity.Failure is not null)
        {
            await context.ChallengeAsync();
            return;
        }

        var token = identity.Succeeded ? identity.Properties?.GetTokenValue("access_token") : null;
        TicketContent? ticket = null;
        if ((context.Request.Headers[TicketHeader].FirstOrDefault() ?? context.Request.Query["ticket"].FirstOrDefault()) is { Length: > 0 } given)
        {
            ticket = await tickets.TakeAsync(given, context.RequestAborted);
            token ??= ticket.AccessToken;
        }

        var offered = context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = offered ? Subprotocol : null,
            KeepAliveInterval = TimeSpan.FromSeconds(20),
        });
        var entrance = new Entrance(token, ticket?.CallId, context.Request.Path == LiveCallPath, Activity.Current?.Context ?? default);
        using var connection = new ClientConnection(socket, context.Features.Get<PairedWrites>(), entrance, parts);
        await connection.RunAsync(context.RequestAborted, lifetime.ApplicationStopping);
    }
}
