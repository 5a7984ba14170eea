using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Museum.ServiceDefaults.Errors;

namespace Museum.ServiceDefaults.Security;

/// <summary>Verifies a token that did not come in a header: inside REGISTER, or one that asks for its own renewal.</summary>
public sealed class TokenReader(IConfigurationManager<OpenIdConnectConfiguration> keys, RevokedSessions revoked)
{
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <param name="token">The access token.</param>
    /// <param name="expiredBy">How long ago it may have expired.</param>
    /// <param name="cancellationToken">Ends the read of the signing keys.</param>
    /// <exception cref="ClientException">401 <c>token_invalid</c>, <c>token_expired</c> or <c>session_ended</c>.</exception>
    public async Task<ClaimsIdentity> ReadAsync(string token, TimeSpan expiredBy, CancellationToken cancellationToken)
    {
        var parameters = MuseumTokens.Validation();
        parameters.ClockSkew += expiredBy;
        var result = await ValidateAsync(token, parameters, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            keys.RequestRefresh();
            result = await ValidateAsync(token, parameters, cancellationToken);
        }

        if (!result.IsValid)
        {
            throw result.Exception is SecurityTokenExpiredException
                ? new ClientException("token_expired", "The token has expired.", 401)
                : new ClientException("token_invalid", "The token is not valid here.", 401);
        }

        var session = result.ClaimsIdentity.FindFirst(MuseumTokens.SessionClaim)?.Value;
        return session is not null && !revoked.Contains(session)
            ? result.ClaimsIdentity
            : throw new ClientException("session_ended", "The session has ended.", 401);
    }

    private async Task<TokenValidationResult> ValidateAsync(string token, TokenValidationParameters parameters, CancellationToken cancellationToken)
    {
        parameters.IssuerSigningKeys = (await keys.GetConfigurationAsync(cancellationToken)).SigningKeys;
        return await handler.ValidateTokenAsync(token, parameters);
    }
}
