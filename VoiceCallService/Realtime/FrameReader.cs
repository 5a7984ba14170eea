using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Realtime;

/// <summary>What a client sent: a message, a binary frame, or nothing more.</summary>
internal readonly record struct IncomingFrame(IncomingEnvelope? Message, ReadOnlyMemory<byte> Binary, bool IsEnd = false);

/// <summary>
/// Reads whole frames within the protocol's limits. The buffer goes back to the pool with the next read, so a binary frame is valid until
/// then, and a client that says nothing holds no memory, whatever it sent before.
/// </summary>
internal sealed class FrameReader(WebSocket socket) : IDisposable
{
    public const int MaxText = 256 * 1024;

    /// <summary>A REQUEST that carries a voice as BASE64.</summary>
    public const int MaxVoiceText = 3 * 1024 * 1024;

    public const int MaxBinary = 64 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private byte[]? buffer;

    /// <summary>Bytes that it keeps from the pool just now.</summary>
    public int Held => buffer?.Length ?? 0;

    /// <exception cref="ProtocolException">PAYLOAD_TOO_LARGE or MALFORMED_PAYLOAD; the connection stays usable unless the exception closes it.</exception>
    public async Task<IncomingFrame> ReadAsync(CancellationToken cancellationToken)
    {
        Dispose();
        var length = 0;
        while (true)
        {
            // Reading nothing at first waits for the first byte.
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new(null, default, IsEnd: true);
            }

            length += part.Count;
            if (length > (part.MessageType == WebSocketMessageType.Text ? MaxVoiceText : MaxBinary))
            {
                await SkipRestAsync(part.EndOfMessage, cancellationToken);
                throw TooLarge(part.MessageType == WebSocketMessageType.Text ? MaxText : MaxBinary);
            }

            if (part.EndOfMessage)
            {
                return part.MessageType == WebSocketMessageType.Text
                    ? new(Parse(buffer.AsMemory(0, length)), default)
                    : new(null, buffer.AsMemory(0, length));
            }

            if (length == Held)
            {
                Grow();
            }
        }
    }

    public void Dispose()
    {
        if (buffer is { } held)
        {
            buffer = null;
            ArrayPool<byte>.Shared.Return(held);
        }
    }

    private static IncomingEnvelope Parse(ReadOnlyMemory<byte> json)
    {
        IncomingEnvelope? envelope;
        try
        {
            envelope = JsonSerializer.Deserialize<IncomingEnvelope>(json.Span, ProtocolJson.Options);
        }
        catch (JsonException)
        {
            throw ProtocolException.Malformed("The message is not the JSON of protocol 1.0.");
        }

        if (envelope?.MsgType is null || envelope.Payload.ValueKind != JsonValueKind.Object)
        {
            throw ProtocolException.Malformed("A message needs msg_type and an object payload.");
        }

        return json.Length > MaxText && !CarriesVoice(envelope) ? throw TooLarge(MaxText) : envelope;
    }

    private static bool CarriesVoice(IncomingEnvelope envelope) =>
        envelope.MsgType == MessageTypes.Request
        && envelope.Payload.TryGetProperty("content", out var content)
        && content.ValueKind == JsonValueKind.Object
        && content.TryGetProperty("voice", out _);

    private static ProtocolException TooLarge(int limit) =>
        new(ErrorCodes.PayloadTooLarge, $"The frame is larger than {limit / 1024} KB.");

    private async Task SkipRestAsync(bool ended, CancellationToken cancellationToken)
    {
        // Bounded: who sends more than another 8 MB in one frame is not a client of ours.
        for (var skipped = 0L; !ended; )
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            ended = part.EndOfMessage;
            skipped += part.Count;
            if (skipped > 8 * 1024 * 1024)
            {
                throw new ProtocolException(ErrorCodes.PayloadTooLarge, "The frame does not end.") { Close = WebSocketCloseStatus.MessageTooBig };
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, Held * 2));
        buffer?.CopyTo(larger, 0);
        Dispose();
        buffer = larger;
    }
}
