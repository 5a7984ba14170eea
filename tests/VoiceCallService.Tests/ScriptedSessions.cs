using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Museum.Session.V1;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>Lets in who has the one API key it knows, over real gRPC: with the session that they name, else with a new one.</summary>
[AllowAnonymous]
internal sealed class ScriptedSessions(TokenIssuer issuer) : Museum.Session.V1.Sessions.SessionsBase
{
    public const string ApiKey = "museum_right";

    public override Task<TokenResponse> Authenticate(AuthenticateRequest request, ServerCallContext context)
    {
        if (request.ApiKey != ApiKey)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unauthenticated, "wrong"));
        }

        var session = request.SessionId.Length > 0 ? request.SessionId : TokenIssuer.NewSession();
        return Task.FromResult(new TokenResponse { AccessToken = issuer.Token(session), SessionId = session, ExpiresIn = 600 });
    }
}
