using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;

namespace Museum.ServiceDefaults.Security;

/// <summary>What stands in an access token (RFC 9068 in spirit): who signs, for whom, and the claims' names.</summary>
public static class MuseumTokens
{
    public const string Issuer = "museum";
    public const string Audience = "museum";
    public const string SessionClaim = "sid";
    public const string RoleClaim = "roles";
    public const string NameClaim = "sub";
    public const string LanguageClaim = "lang";

    public static TokenValidationParameters Validation() => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        // Only what SessionService signs with; above all never `none` or an HMAC keyed by the public key.
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ClockSkew = TimeSpan.FromSeconds(5),
        NameClaimType = NameClaim,
        RoleClaimType = RoleClaim,
    };

    /// <summary>The session that the caller's token names.</summary>
    public static string? SessionId(this ClaimsPrincipal user) => user.FindFirstValue(SessionClaim);
}
