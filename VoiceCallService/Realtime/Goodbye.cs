using System.Net.WebSockets;
using System.Threading.Channels;
using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Realtime;

/// <summary>The server's half of the end: why, in a message, and the close.</summary>
/// <param name="socket">The client's.</param>
/// <param name="writer">Its writer.</param>
/// <param name="own">To this socket alone.</param>
/// <param name="traceId">Of the request; null: nobody traces it.</param>
/// <param name="parts">What every connection shares.</param>
internal sealed class Goodbye(WebSocket socket, SocketWriter writer, Outbox own, string? traceId, ConnectionParts parts)
{
    /// <summary>For what is still to be written; a client that takes it in drops misses the rest.</summary>
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(5);

    /// <param name="farewell">What the client is told.</param>
    /// <param name="writing">Ends when everything is out.</param>
    public async Task SayAsync(Farewell farewell, Task writing)
    {
        await TellAsync(farewell);
        writer.Complete();
        await Task.WhenAny(writing, Task.Delay(WriteLimit, parts.Time, CancellationToken.None));
        await CloseAsync(farewell.Status);
    }

    private async Task TellAsync(Farewell farewell)
    {
        try
        {
            if (farewell.Error is { } error)
            {
                await parts.Errors.SendAsync(own, error, traceId, writer.Broken);
            }

            if (farewell.Shutdown is { } shutdown)
            {
                await own.SendAsync(MessageTypes.Shutdown, shutdown, writer.Broken);
            }
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException)
        {
            // The socket was quicker.
        }
    }

    private async Task CloseAsync(WebSocketCloseStatus status)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await socket.CloseOutputAsync(status, null, deadline.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // A client that does not take the farewell is let go without.
        }
    }
}
