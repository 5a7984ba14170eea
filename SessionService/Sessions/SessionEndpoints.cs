using System.Security.Claims;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Sessions;

/// <summary><c>/api/session</c>: is it alive, and end it. One's own; operators and admins any.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        var sessions = endpoints.MapGroup("/api/session").WithTags("session");

        sessions.MapGet("/validate/{id}", async (string id, ClaimsPrincipal caller, Validator validator, CancellationToken cancellationToken) =>
                TypedResults.Ok(await validator.ValidateAsync(id, caller, cancellationToken)))
            .ProducesProblem(403)
            .WithSummary("Whether a session is alive");

        sessions.MapDelete("/{id}", EndAsync)
            .ProducesProblem(403)
            .WithSummary("End a session: its tokens are refused everywhere within a second (202 while the store is away: later)");
    }

    private static async Task<IResult> EndAsync(string id, ClaimsPrincipal caller, SessionStore sessions, AuditLog audit, CancellationToken cancellationToken)
    {
        Validator.DemandOwnOrOperator(id, caller);
        var everywhere = await sessions.EndAsync(id, cancellationToken);
        audit.Write(caller, "session.end", id);
        return everywhere ? TypedResults.NoContent() : TypedResults.Accepted((string?)null);
    }
}
