using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tickets;

/// <summary>
/// <c>/api/voice</c>: a live call for those who cannot give their socket a token, and an end for it from outside. Who has a token may
/// open <c>/ws/voice/call</c> without.
/// </summary>
internal static class VoiceApi
{
    public static void MapVoice(this IEndpointRouteBuilder endpoints)
    {
        var voice = endpoints.MapGroup("/api/voice").WithTags("voice");
        voice.MapPost("/start", StartAsync)
            .WithSummary("A ticket that opens a live call's socket, once, within a minute.")
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        voice.MapPost("/end", EndAsync)
            .WithSummary("Ends a live call: one's own, or as an operator any. One that is over already stays so.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<VoiceStarted> StartAsync(HttpContext context, TicketDesk tickets, CancellationToken ct)
    {
        var token = await context.GetTokenAsync("access_token") ?? throw new ClientException("token_invalid", "A call needs a token.", StatusCodes.Status401Unauthorized);
        var (ticket, callId, life) = await tickets.IssueAsync(context.User.SessionId()!, token, ct);
        return new VoiceStarted(callId, $"{SocketOf(context.Request)}?ticket={ticket}", ticket, (int)life.TotalSeconds);
    }

    private static async Task<VoiceEnded> EndAsync(VoiceEnd end, ClaimsPrincipal caller, TicketDesk tickets, SessionRegistry registry, CancellationToken ct)
    {
        if (end.CallId is not { Length: > 0 and <= 64 } callId || callId.Contains(' ', StringComparison.Ordinal))
        {
            throw new ClientException("call_id_invalid", "`call_id` is what POST /api/voice/start gave.");
        }

        var here = registry.All.FirstOrDefault(c => c.Session.CallId == callId);
        if ((here?.Session.Id ?? await tickets.SessionOfAsync(callId, ct)) is not { } session)
        {
            return new VoiceEnded(callId, OpenCall.Ended);
        }

        if (caller.SessionId() != session && !caller.IsInRole(Roles.Operator) && !caller.IsInRole(Roles.Admin))
        {
            throw new ClientException("call_not_yours", "Only an operator ends another session's call.", StatusCodes.Status403Forbidden);
        }

        await (here?.StopAsync(OpenCall.Ended) ?? Task.CompletedTask);
        try
        {
            await tickets.EndAsync(session, callId, ct);
        }
        catch (DependencyException) when (here is not null)
        {
            // It was this replica's, and is over.
        }

        return new VoiceEnded(callId, OpenCall.Ended);
    }

    /// <summary>As the caller reaches it: the gateway says under which name it was called.</summary>
    private static string SocketOf(HttpRequest request)
    {
        var scheme = request.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? request.Scheme;
        var host = request.Headers["X-Forwarded-Host"].FirstOrDefault() ?? request.Host.Value;
        return $"{(scheme == "https" ? "wss" : "ws")}://{host}{Realtime.RealtimeEndpoints.LiveCallPath}";
    }
}

/// <summary>Lives for <paramref name="ExpiresIn"/> seconds; <paramref name="WsUrl"/> holds the ticket already.</summary>
internal sealed record VoiceStarted(string CallId, string WsUrl, string Ticket, int ExpiresIn);

internal sealed record VoiceEnd(string? CallId);

internal sealed record VoiceEnded(string CallId, string Status);
