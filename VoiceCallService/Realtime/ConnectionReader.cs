using System.Net.WebSockets;
using System.Threading.Channels;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Reads what a client sends, one frame after the other, each handled at once.</summary>
/// <param name="socket">The client's.</param>
/// <param name="arrival">Takes everything before REGISTER, and knows the call after it.</param>
/// <param name="own">To this socket alone.</param>
/// <param name="traceId">Of the request; null: nobody traces it.</param>
/// <param name="parts">What every connection shares.</param>
internal sealed partial class ConnectionReader(WebSocket socket, Arrival arrival, Outbox own, string? traceId, ConnectionParts parts)
{
    /// <param name="over">The farewell is out: only the client's close is awaited.</param>
    /// <param name="cancellationToken">Aborts the socket.</param>
    /// <returns>How the connection is to end.</returns>
    public async Task<Farewell> ReadAsync(Task over, CancellationToken cancellationToken)
    {
        using var frames = new FrameReader(socket);
        try
        {
            while (await ReadOneAsync(frames, over, cancellationToken))
            {
            }

            return new(WebSocketCloseStatus.NormalClosure)
            {
                // A page that is left closes with 1001 and may come back; one that says goodbye does not.
                Parting = socket.CloseStatus switch { null => Parting.Over, WebSocketCloseStatus.NormalClosure => Parting.Left, _ => Parting.Broken },
            };
        }
        catch (ProtocolException e)
        {
            return Farewell.Of(e);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ChannelClosedException)
        {
            // Gone without a word, or told to go.
            return Farewell.Broken;
        }
        catch (Exception e)
        {
            // A defect of ours ends this connection, and is told; it must not leave it half alive.
            LogDefect(parts.Logger, e);
            return new(WebSocketCloseStatus.InternalServerError, ProtocolException.From(e, null));
        }
    }

    /// <returns>False: the client has nothing more to say.</returns>
    private async Task<bool> ReadOneAsync(FrameReader frames, Task over, CancellationToken cancellationToken)
    {
        try
        {
            var frame = await frames.ReadAsync(cancellationToken);
            if (frame.IsEnd || over.IsCompleted)
            {
                return !frame.IsEnd;
            }

            if (arrival.Call is { } call)
            {
                arrival.Heartbeat!.Answered();
                return await call.Conversation.HandleAsync(frame, cancellationToken);
            }

            await arrival.HandleAsync(frame, cancellationToken);
            return true;
        }
        catch (ProtocolException e) when (e.Close is null && arrival.Call is not null)
        {
            await parts.Errors.SendAsync(own, e, traceId, cancellationToken);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);
}
