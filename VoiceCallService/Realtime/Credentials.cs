using System.Net.WebSockets;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;
using Museum.Session.V1;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What REGISTER says of who it is, made into a token: one that it brings, or SessionService's for an API key or an account.</summary>
internal sealed class Credentials(Museum.Session.V1.Sessions.SessionsClient sessions, CallStore calls, Pipelines pipelines)
{
    /// <exception cref="ProtocolException">AUTH_FAILED, or why they cannot be looked at now; closes the socket.</exception>
    public async Task<string> TokenAsync(RegisterPayload register, string? handshakeToken, CancellationToken cancellationToken)
    {
        switch (register.Auth)
        {
            case null:
                return handshakeToken ?? throw ProtocolException.Refused("REGISTER needs auth, or a socket that was opened with a token.");
            case { Type: "TOKEN", Token: { Length: > 0 } token }:
                return token;
            case { Type: "API_KEY", ApiKey: { Length: > 0 } key }:
                return await AskAsync(new AuthenticateRequest { ApiKey = key, SessionId = await ResumedAsync(register.Resume, cancellationToken) }, cancellationToken);
            case { Type: "ACCOUNT", Account: { Length: > 0 } account, Password: { Length: > 0 } password }:
                var named = new Account { Name = account, Password = password };
                return await AskAsync(new AuthenticateRequest { Account = named, SessionId = await ResumedAsync(register.Resume, cancellationToken) }, cancellationToken);
            default:
                throw ProtocolException.Refused("auth is {type: TOKEN, token}, {type: API_KEY, api_key} or {type: ACCOUNT, account, password}.");
        }
    }

    /// <summary>Who comes back to a call by name and password goes on with its session; that it is their call, the resume token proves.</summary>
    /// <returns>Empty: there is none.</returns>
    private async Task<string> ResumedAsync(ResumePayload? resume, CancellationToken cancellationToken)
    {
        if (resume is not { SessionId: { Length: > 0 } session, ResumeToken: { Length: > 0 } token })
        {
            return "";
        }

        try
        {
            return await calls.KnowsAsync(session, ResumeToken.HashOf(token), cancellationToken) ? session : "";
        }
        catch (DependencyException)
        {
            return "";
        }
    }

    private async Task<string> AskAsync(AuthenticateRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await pipelines.Of(PublishedKeys.Pipeline).ExecuteAsync(
                async attempt => await sessions.AuthenticateAsync(request, cancellationToken: attempt), cancellationToken);
            return answer.AccessToken;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var error = ErrorInfo.Of(e);
            throw error.Category == ErrorCategory.Client
                ? ProtocolException.Refused("The credentials are not valid here.")
                : new ProtocolException(error.ProtocolCode, error.Message) { Close = WebSocketCloseStatus.PolicyViolation, Of = error };
        }
    }
}
