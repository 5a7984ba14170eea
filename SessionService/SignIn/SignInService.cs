using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Security;
using Museum.SessionService.Accounts;
using Museum.SessionService.ApiKeys;
using Museum.SessionService.Sessions;
using Museum.SessionService.Tokens;

namespace Museum.SessionService.SignIn;

/// <summary>Every way in: without a name, with a password, with an API key, or with the token of a session that is already open.</summary>
internal sealed class SignInService(
    SessionStore sessions, Validator validator, TokenManager tokens, AccountStore accounts, ApiKeyStore keys, LoginThrottle throttle, AuditLog audit, TimeProvider time)
{
    private const string KeyPrefix = "key:";

    public Task<TokenAnswer> AsVisitorAsync(string language, CancellationToken cancellationToken) =>
        OpenAsync(SessionRecord.ForVisitor(language, time.GetUtcNow()), cancellationToken);

    /// <param name="account">Its name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="language">Of a new session.</param>
    /// <param name="address">From where; null: not known.</param>
    /// <param name="resumed">A session that they go on with, if it lives and is theirs; null: a new one is opened.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="ClientException">401 <c>credentials_invalid</c>.</exception>
    /// <exception cref="ResourceException"><c>too_many_attempts</c>.</exception>
    public async Task<TokenAnswer> WithPasswordAsync(string account, string password, string language, string? address, string? resumed, CancellationToken cancellationToken)
    {
        var attempt = throttle.Begin(account, address);
        var verified = await accounts.VerifyAsync(account, password, cancellationToken);
        audit.Write("anonymous", verified is null ? "sign_in.refused" : "sign_in", account);
        if (verified is null)
        {
            throw Invalid("The account or the password is wrong.");
        }

        attempt.Succeeded();
        return await EnterAsync(SessionRecord.For(verified.Name, AccountRules.Effective(verified.Roles), language, time.GetUtcNow()), resumed, cancellationToken);
    }

    /// <inheritdoc cref="WithPasswordAsync"/>
    public async Task<TokenAnswer> WithApiKeyAsync(string apiKey, string language, string? resumed, CancellationToken cancellationToken)
    {
        var key = await keys.VerifyAsync(apiKey, cancellationToken) ?? throw Invalid("The API key is wrong.");
        return await EnterAsync(SessionRecord.For(KeyPrefix + key.Id, AccountRules.Effective(key.Roles), language, time.GetUtcNow()), resumed, cancellationToken);
    }

    /// <summary>
    /// The next tokens for the session of a refresh token. One that was used before ends the session, for somebody has stolen it; but
    /// within a minute of its use it is taken for that of a client whose answer was lost, and gets the same next one again.
    /// </summary>
    /// <exception cref="ClientException">401 <c>refresh_token_invalid</c>, <c>refresh_token_reused</c> or <c>session_ended</c>.</exception>
    public async Task<TokenAnswer> WithRefreshTokenAsync(string text, CancellationToken cancellationToken)
    {
        var token = tokens.ReadRefreshToken(text)
            ?? throw new ClientException("refresh_token_invalid", "The refresh token is not ours.", StatusCodes.Status401Unauthorized);
        var living = await sessions.FindAsync(token.Session, touch: true, cancellationToken) ?? throw Validator.Ended();
        await DemandStillWelcomeAsync(living.Session, cancellationToken);
        switch (await sessions.AdvanceAsync(token.Session, token.Generation, cancellationToken))
        {
            case Advance.Advanced or Advance.Repeated:
                return tokens.Issue(living with { Generation = token.Generation + 1 });
            case Advance.Reused:
                await sessions.EndAsync(token.Session, cancellationToken);
                audit.Write(living.Session.Subject, "refresh_token.reused", token.Session);
                throw new ClientException("refresh_token_reused", "The refresh token had been used before; the session was ended.", StatusCodes.Status401Unauthorized);
            default:
                throw Validator.Ended();
        }
    }

    /// <summary>A new access token for the session of one that may have expired up to 5 minutes ago; the refresh token stays good.</summary>
    /// <exception cref="ClientException">401, as <see cref="Validator.UseAsync"/>.</exception>
    public async Task<TokenAnswer> RenewAsync(string accessToken, CancellationToken cancellationToken)
    {
        var living = await validator.UseAsync(accessToken, cancellationToken);
        await DemandStillWelcomeAsync(living.Session, cancellationToken);
        return tokens.Issue(living);
    }

    /// <summary>Ends all sessions of an account or key that was changed or removed.</summary>
    public Task EndAllAsync(string subject, string? except, CancellationToken cancellationToken) =>
        sessions.EndAllOfAsync(subject, except, cancellationToken);

    public static string SubjectOfKey(string id) => KeyPrefix + id;

    private async Task DemandStillWelcomeAsync(SessionRecord session, CancellationToken cancellationToken)
    {
        if (session.IsVisitor)
        {
            return;
        }

        var roles = session.Subject.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? (await keys.FindAsync(session.Subject[KeyPrefix.Length..], cancellationToken))?.Roles
            : (await accounts.FindAsync(session.Subject, cancellationToken))?.Roles;
        if (roles is null || !AccountRules.Effective(roles).SequenceEqual(session.Roles))
        {
            await sessions.EndAsync(session.Id, cancellationToken);
            throw Validator.Ended();
        }
    }

    /// <summary>With the rights of now: a session from before a change of roles is not gone on with.</summary>
    private async Task<TokenAnswer> EnterAsync(SessionRecord session, string? resumed, CancellationToken cancellationToken)
    {
        var living = resumed is null ? null : await TryFindAsync(resumed, cancellationToken);
        var isTheirs = living?.Session.Subject == session.Subject && living.Session.Roles.SequenceEqual(session.Roles);
        return isTheirs ? tokens.Issue(living!) : await OpenAsync(session, cancellationToken);
    }

    private async Task<LivingSession?> TryFindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await sessions.FindAsync(id, touch: true, cancellationToken);
        }
        catch (DependencyException)
        {
            // Not known here, and the store is away: whether a new session can be opened, its opening says.
            return null;
        }
    }

    private async Task<TokenAnswer> OpenAsync(SessionRecord session, CancellationToken cancellationToken)
    {
        var living = await sessions.OpenAsync(session, cancellationToken);
        return tokens.Issue(living);
    }

    private static ClientException Invalid(string message) => new("credentials_invalid", message, StatusCodes.Status401Unauthorized);
}
