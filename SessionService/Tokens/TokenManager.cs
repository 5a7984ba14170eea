using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Security;
using Museum.SessionService.Sessions;

namespace Museum.SessionService.Tokens;

/// <summary>Writes tokens: a short-lived signed one for access, and one that gets the next.</summary>
internal sealed class TokenManager(KeyRing keys, TimeProvider time, IOptionsMonitor<TokenOptions> options)
{
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public TokenAnswer Issue(LivingSession living)
    {
        var session = living.Session;
        var now = time.GetUtcNow();
        var lifetime = options.CurrentValue.AccessLifetime;
        var access = handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = MuseumTokens.Issuer,
            Audience = MuseumTokens.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            SigningCredentials = keys.Signing,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                [MuseumTokens.SessionClaim] = session.Id,
                [MuseumTokens.NameClaim] = session.Subject,
                [MuseumTokens.RoleClaim] = session.Roles,
                [MuseumTokens.LanguageClaim] = session.Language,
            },
        });
        return new TokenAnswer
        {
            AccessToken = access,
            ExpiresIn = (int)lifetime.TotalSeconds,
            SessionId = session.Id,
            SessionExpiresIn = (int)Math.Ceiling((living.ExpiresAt - now).TotalSeconds),
            RefreshToken = RefreshToken.Write(session.Id, living.Generation, keys.RefreshSecret),
        };
    }

    /// <summary>The session and generation that a refresh token of ours names; null for any other text.</summary>
    public RefreshToken? ReadRefreshToken(string text) => RefreshToken.Read(text, keys.RefreshSecret);
}
