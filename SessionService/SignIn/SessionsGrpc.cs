using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Museum.ServiceDefaults.Errors;
using Museum.Session.V1;
using Museum.SessionService.Tokens;

namespace Museum.SessionService.SignIn;

/// <summary>What the holder of a call asks: a next token for the session it serves, or a session for credentials from REGISTER.</summary>
[AllowAnonymous] // The token of Renew may have expired, and Authenticate has none yet; both look for themselves.
internal sealed class SessionsGrpc(SignInService signIn) : Museum.Session.V1.Sessions.SessionsBase
{
    public override async Task<TokenResponse> Renew(RenewRequest request, ServerCallContext context)
    {
        var token = context.RequestHeaders.GetValue("authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..]
            : throw new ClientException("token_missing", "The call carries no token.", StatusCodes.Status401Unauthorized);
        return Write(await signIn.RenewAsync(token, context.CancellationToken));
    }

    public override async Task<TokenResponse> Authenticate(AuthenticateRequest request, ServerCallContext context)
    {
        var language = Languages.Choose(request.Language, accepted: null);
        var resumed = request.SessionId.Length == 0 ? null : request.SessionId;
        var answer = request.CredentialCase switch
        {
            // No address: the caller is the holder of many visitors' sockets.
            AuthenticateRequest.CredentialOneofCase.Account => await signIn.WithPasswordAsync(
                request.Account.Name, request.Account.Password, language, address: null, resumed, context.CancellationToken),
            AuthenticateRequest.CredentialOneofCase.ApiKey => await signIn.WithApiKeyAsync(request.ApiKey, language, resumed, context.CancellationToken),
            _ => throw new ClientException("credential_missing", "Name an account or an API key."),
        };
        return Write(answer);
    }

    private static TokenResponse Write(TokenAnswer answer) => new()
    {
        AccessToken = answer.AccessToken,
        ExpiresIn = answer.ExpiresIn,
        SessionId = answer.SessionId,
        SessionExpiresIn = answer.SessionExpiresIn,
    };
}
