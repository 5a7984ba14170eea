using System.Net.WebSockets;
using System.Security.Claims;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Resilience;
using Museum.ServiceDefaults.Security;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Turns REGISTER into a session: verifies who it is, and settles language, features and formats (protocol.md, Opening).</summary>
internal sealed class Opening(TokenReader tokens, Credentials credentials, Museum.Session.V1.Sessions.SessionsClient sessions, Pipelines pipelines, TimeProvider time)
{
    /// <summary>REGISTER must come within this time.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private static readonly string[] Platforms = ["WEB", "APP", "MINI_PROGRAM", "TV"];

    /// <param name="register">The client's first message.</param>
    /// <param name="handshakeToken">The token that the socket was opened with, verified already; null: none.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    /// <exception cref="ProtocolException">AUTH_FAILED, MALFORMED_PAYLOAD or UNSUPPORTED_FORMAT; all close the socket.</exception>
    public async Task<ClientSession> RegisterAsync(RegisterPayload register, string? handshakeToken, CancellationToken cancellationToken)
    {
        Validate(register);
        var token = await credentials.TokenAsync(register, handshakeToken, cancellationToken);
        var identity = await ReadAsync(token, cancellationToken);
        if (handshakeToken is not null && handshakeToken != token)
        {
            var opened = await ReadAsync(handshakeToken, cancellationToken);
            if (SessionOf(opened) != SessionOf(identity))
            {
                throw ProtocolException.Refused("REGISTER names another identity than the socket was opened with.");
            }
        }

        return Open(SessionOf(identity), token, register);
    }

    /// <summary>For a token that is known to be good.</summary>
    public ClientSession Open(string session, string token, RegisterPayload register) =>
        new(session, new AccessToken(token, sessions, pipelines.Of(PublishedKeys.Pipeline), time), register);

    private static void Validate(RegisterPayload register)
    {
        if (register.Platform is { } platform && !Platforms.Contains(platform))
        {
            throw Wrong($"platform is one of {string.Join(", ", Platforms)}.");
        }

        foreach (var format in new[] { register.Audio?.Input, register.Audio?.Output })
        {
            if (format is not null && (format.Format != "pcm16" || format.SampleRate is < 8_000 or > 48_000))
            {
                throw new ProtocolException(ErrorCodes.UnsupportedFormat, "Sound is pcm16 at 8000 to 48000 Hz here.") { Close = WebSocketCloseStatus.PolicyViolation };
            }
        }

        if (register.Voice is { } voice && VoiceRange.Problem(voice) is { } problem)
        {
            throw Wrong(problem);
        }

        if (register.FunctionCalling is { Count: > SessionUpdate.MostFunctions })
        {
            throw Wrong($"function_calling holds at most {SessionUpdate.MostFunctions} functions.");
        }

        if (register.FunctionCalling?.Any(f => f.ValueKind != JsonValueKind.Object) == true)
        {
            throw Wrong("function_calling holds function definitions as objects.");
        }
    }

    private async Task<ClaimsIdentity> ReadAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.ReadAsync(token, TimeSpan.Zero, cancellationToken);
        }
        catch (ClientException e)
        {
            throw ProtocolException.Refused(e.Message);
        }
        catch (DependencyException e)
        {
            throw new ProtocolException(ErrorCodes.ServerBusy, e.Message) { Close = WebSocketCloseStatus.InternalServerError, Of = ErrorInfo.Of(e) };
        }
    }

    private static string SessionOf(ClaimsIdentity identity) => identity.FindFirst(MuseumTokens.SessionClaim)!.Value;

    private static ProtocolException Wrong(string message) =>
        new(ErrorCodes.MalformedPayload, message) { Close = WebSocketCloseStatus.PolicyViolation };
}
