using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What leaves a socket in one go: a message, the binary frame that must follow it at once, and messages that are said again before anything else.</summary>
/// <param name="Text">The message.</param>
/// <param name="Binary">Empty: nothing follows.</param>
/// <param name="Turn">Not sent once this turn is behind the fence. Null: sent in any case.</param>
/// <param name="Fence">The call's; null: the connection's own message, about itself.</param>
internal sealed record OutgoingFrame(byte[] Text, ReadOnlyMemory<byte> Binary, long? Turn, Fence? Fence)
{
    /// <summary>Said again after the message, to a client that missed them.</summary>
    public IReadOnlyList<MissedMessage> SaidAgain { get; init; } = [];

    /// <summary>When it was put into the queue, in the clock's ticks.</summary>
    public long QueuedAt { get; set; }

    public bool IsFenced(long? turn) => turn is { } of && Fence?.IsClosed(of) == true;
}

/// <summary>Writes the protocol's envelope.</summary>
internal static class Envelopes
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="type">One of <see cref="MessageTypes"/>.</param>
    /// <param name="session">Null: not known yet.</param>
    /// <param name="payload">The message.</param>
    /// <param name="timestamp">Unix milliseconds.</param>
    /// <param name="seq">Goes into the payload as <c>seq</c>; null: the message may be lost.</param>
    public static byte[] Write<T>(string type, string? session, T payload, long timestamp, long? seq)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Json);
        writer.WriteStartObject();
        writer.WriteString("version"u8, MessageTypes.ProtocolVersion);
        writer.WriteString("msg_type"u8, type);
        if (session is not null)
        {
            writer.WriteString("session_id"u8, session);
        }

        writer.WritePropertyName("payload"u8);
        if (seq is { } number)
        {
            writer.WriteRawValue(WithSeq(JsonSerializer.SerializeToUtf8Bytes(payload, ProtocolJson.Options), number), skipInputValidation: true);
        }
        else
        {
            JsonSerializer.Serialize(writer, payload, ProtocolJson.Options);
        }

        writer.WriteNumber("timestamp"u8, timestamp);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The number is given when the message takes its place in the order, after whoever made it has filled in the rest: <c>{"turn_id":1}</c> becomes <c>{"turn_id":1,"seq":7}</c>.</summary>
    private static ReadOnlySpan<byte> WithSeq(ReadOnlySpan<byte> payload, long seq)
    {
        Span<byte> digits = stackalloc byte[20];
        seq.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        var comma = payload.Length > 2 ? ","u8 : ""u8;
        return (byte[])[.. payload[..^1], .. comma, .. "\"seq\":"u8, .. digits[..length], .. "}"u8];
    }
}
