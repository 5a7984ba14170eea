using System.Security.Claims;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;

namespace Museum.SessionService.Sessions;

/// <summary>Says whether a session is alive, for its owner, for operators, and before a token is renewed.</summary>
internal sealed class Validator(SessionStore sessions, TokenReader tokens, TimeProvider time)
{
    /// <summary>A call notices late that its token has expired; a token older than this is no proof any more.</summary>
    private static readonly TimeSpan RenewableFor = TimeSpan.FromMinutes(5);

    public async Task<SessionValidity> ValidateAsync(string id, ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        DemandOwnOrOperator(id, caller);
        LivingSession? living;
        try
        {
            living = await sessions.FindAsync(id, touch: false, cancellationToken);
        }
        catch (DependencyException) when (FromToken(caller) is { IsPrivileged: false } own && own.Id == id)
        {
            // Another replica opened it. The token was verified, and that is all that can be known while the store is away.
            living = await sessions.OpenAsync(own, cancellationToken);
        }

        return living is null
            ? new SessionValidity { SessionId = id, Valid = false }
            : new SessionValidity
            {
                SessionId = id,
                Valid = true,
                Account = living.Session.IsVisitor ? null : living.Session.Subject,
                Roles = living.Session.Roles,
                Language = living.Session.Language,
                RemainingSeconds = (int)Math.Ceiling((living.ExpiresAt - time.GetUtcNow()).TotalSeconds),
            };
    }

    /// <summary>The living session of a token that may have expired up to 5 minutes ago; this counts as a use of the session.</summary>
    /// <exception cref="ClientException">401 <c>token_invalid</c>, <c>token_expired</c> or <c>session_ended</c>.</exception>
    public async Task<LivingSession> UseAsync(string accessToken, CancellationToken cancellationToken)
    {
        var caller = new ClaimsPrincipal(await tokens.ReadAsync(accessToken, RenewableFor, cancellationToken));
        var own = FromToken(caller) ?? throw Ended();
        try
        {
            return await sessions.FindAsync(own.Id, touch: true, cancellationToken) ?? throw Ended();
        }
        catch (DependencyException) when (!own.IsPrivileged)
        {
            return await sessions.OpenAsync(own, cancellationToken);
        }
    }

    public static void DemandOwnOrOperator(string id, ClaimsPrincipal caller)
    {
        if (caller.SessionId() != id && !caller.IsInRole(Roles.Operator) && !caller.IsInRole(Roles.Admin))
        {
            throw new ClientException("session_not_yours", "That is another visitor's session.", StatusCodes.Status403Forbidden);
        }
    }

    public static ClientException Ended() => new("session_ended", "The session has ended.", StatusCodes.Status401Unauthorized);

    private SessionRecord? FromToken(ClaimsPrincipal caller) =>
        caller.SessionId() is { } id && caller.FindFirstValue(MuseumTokens.NameClaim) is { } subject
            ? new SessionRecord(
                id,
                subject,
                [.. caller.FindAll(MuseumTokens.RoleClaim).Select(c => c.Value)],
                caller.FindFirstValue(MuseumTokens.LanguageClaim) ?? Languages.Default,
                time.GetUtcNow())
            : null;
}

internal sealed record SessionValidity
{
    public required string SessionId { get; init; }
    public required bool Valid { get; init; }

    /// <summary>Absent for visitors.</summary>
    public string? Account { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
    public string? Language { get; init; }

    /// <summary>Until it ends if nothing is asked.</summary>
    public int? RemainingSeconds { get; init; }
}
