using System.Text.Json;

namespace Museum.Contracts.Protocol;

/// <summary>The frame around every JSON message, both ways (protocol.md, Envelope). Timestamps are Unix milliseconds.</summary>
public sealed record Envelope<TPayload>(string Version, string MsgType, string? SessionId, TPayload Payload, long Timestamp);

/// <summary>An envelope whose payload is read when its type is known. Unknown fields are ignored.</summary>
public sealed record IncomingEnvelope
{
    public string? Version { get; init; }
    public string? MsgType { get; init; }
    public string? SessionId { get; init; }
    public JsonElement Payload { get; init; }
    public long? Timestamp { get; init; }
}
