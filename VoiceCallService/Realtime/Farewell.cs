using System.Net.WebSockets;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>How a connection ends: what the client is told, the close status, and what becomes of the call.</summary>
internal sealed record Farewell(WebSocketCloseStatus Status, ProtocolException? Error = null, ShutdownPayload? Shutdown = null)
{
    /// <summary>The session lives on in another socket (protocol.md, Opening).</summary>
    public const WebSocketCloseStatus ReplacedStatus = (WebSocketCloseStatus)4001;

    /// <summary>https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number</summary>
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;

    public Parting Parting { get; init; } = Parting.Broken;

    public static Farewell Replaced { get; } = new(ReplacedStatus, Shutdown: new ShutdownPayload { Reason = "REPLACED" });

    /// <summary>Gone without a word; the close status reaches nobody.</summary>
    public static Farewell Broken { get; } = new(WebSocketCloseStatus.EndpointUnavailable);

    public static Farewell Lagging { get; } = new(
        TryAgainLater, new ProtocolException(ErrorCodes.RequestTimeout, "The connection is too slow for the voice. Come back to hear the rest.") { Detail = "client_too_slow" });

    public static Farewell ServerShutdown() => new(
        WebSocketCloseStatus.EndpointUnavailable,
        // Spread out, so that not all clients of a replica come back in the same moment.
        Shutdown: new ShutdownPayload { Reason = "SERVER_SHUTDOWN", ReconnectAfterMs = Random.Shared.Next(500, 3000) });

    /// <summary>The call has ended; there is nothing to come back to.</summary>
    public static Farewell Over(string reason) =>
        new(WebSocketCloseStatus.NormalClosure, Shutdown: new ShutdownPayload { Reason = reason }) { Parting = Parting.Over };

    public static Farewell Of(ProtocolException e) => new(e.Close ?? WebSocketCloseStatus.PolicyViolation, e);
}
