using System.Diagnostics;
using System.Net.WebSockets;
using System.Threading.Channels;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// One client's socket, from REGISTER to the end:
/// <code>
/// 1 REGISTER within 10 s     who is it, what does it want
/// 2 REGISTER_ACK, STATUS     and from now on every change of the guide's status
/// 3 messages                 each handled at once; turns run beside
/// 4 the end                  by the client, a newer socket, the session's end, or shutdown
/// </code>
/// </summary>
internal sealed class ClientConnection(WebSocket socket, string? handshakeToken, ActivityContext parent, ConnectionParts parts) : ISessionHolder, IDisposable
{
    /// <summary>The session lives on in another socket (protocol.md, Opening).</summary>
    private const WebSocketCloseStatus Replaced = (WebSocketCloseStatus)4001;

    private readonly Outbox outbox = new(socket, parts.Time);
    private readonly CancellationTokenSource ending = new();
    private WebSocketCloseStatus closeStatus = WebSocketCloseStatus.NormalClosure;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ending.Token, outbox.Broken);
        var writing = outbox.RunAsync(CancellationToken.None);
        try
        {
            await TalkAsync(linked.Token);
        }
        catch (ProtocolException e)
        {
            closeStatus = e.Close ?? WebSocketCloseStatus.PolicyViolation;
            await TrySendAsync(MessageTypes.Error, e.ToPayload(Activity.Current?.TraceId.ToString()));
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                closeStatus = WebSocketCloseStatus.EndpointUnavailable;
                await TrySendAsync(MessageTypes.Shutdown, new ShutdownPayload { Reason = "SERVER_SHUTDOWN", ReconnectAfterMs = Random.Shared.Next(500, 3000) });
            }
        }
        catch (WebSocketException)
        {
            // Gone without a word.
        }

        outbox.Complete();
        await writing;
        await CloseAsync();
    }

    public void Dispose()
    {
        outbox.Dispose();
        ending.Dispose();
    }

    public async Task ReplaceAsync()
    {
        closeStatus = Replaced;
        await TrySendAsync(MessageTypes.Shutdown, new ShutdownPayload { Reason = "REPLACED" });
        await ending.CancelAsync();
    }

    private async Task TalkAsync(CancellationToken cancellationToken)
    {
        using var frames = new FrameReader(socket);
        using var session = await RegisterAsync(frames, cancellationToken);
        if (session is null)
        {
            return;
        }

        outbox.SessionId = session.Id;
        await parts.Registry.JoinAsync(session.Id, this);
        try
        {
            await using var conversation = new Conversation(session, outbox, parent, parts);
            await conversation.GreetAsync(cancellationToken);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var beating = conversation.Heartbeat.RunAsync(over.Token);
            var reading = ReadAllAsync(frames, conversation, over.Token);
            var first = await Task.WhenAny(beating, reading);
            await over.CancelAsync();
            if (first == beating)
            {
                (closeStatus, var error) = await beating;
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw error ?? new ProtocolException(ErrorCodes.RequestTimeout, "No sign of life.") { Close = closeStatus };
            }

            await ((Task)beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await reading;
        }
        finally
        {
            parts.Registry.Leave(session.Id, this);
        }
    }

    private async Task<ClientSession?> RegisterAsync(FrameReader frames, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Opening.Deadline);
        try
        {
            while (true)
            {
                var frame = await frames.ReadAsync(deadline.Token);
                if (frame.IsEnd)
                {
                    return null;
                }

                switch (frame.Message?.MsgType)
                {
                    case MessageTypes.Register:
                        return await parts.Opening.RegisterAsync(Payloads.Read<RegisterPayload>(frame.Message), handshakeToken, deadline.Token);
                    case MessageTypes.HealthCheck:
                        await outbox.SendAsync(MessageTypes.HealthCheckAck, parts.Load.Read(), cancellationToken);
                        break;
                    case MessageTypes.Ping:
                        await outbox.SendAsync(MessageTypes.Pong, new PongPayload(), cancellationToken);
                        break;
                    default:
                        throw new ProtocolException(ErrorCodes.AuthFailed, "REGISTER comes first.") { Close = WebSocketCloseStatus.PolicyViolation };
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProtocolException(ErrorCodes.AuthFailed, "No REGISTER within 10 s.") { Close = WebSocketCloseStatus.PolicyViolation };
        }
    }

    private async Task ReadAllAsync(FrameReader frames, Conversation conversation, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var frame = await frames.ReadAsync(cancellationToken);
                if (frame.IsEnd || !await conversation.HandleAsync(frame, cancellationToken))
                {
                    return;
                }
            }
            catch (ProtocolException e) when (e.Close is null)
            {
                await outbox.SendAsync(MessageTypes.Error, e.ToPayload(parent.TraceId == default ? null : parent.TraceId.ToString()), cancellationToken);
            }
        }
    }

    private async Task TrySendAsync<T>(string type, T payload)
    {
        try
        {
            await outbox.SendAsync(type, payload, outbox.Broken);
        }
        catch (Exception e) when (e is ChannelClosedException or OperationCanceledException or ObjectDisposedException)
        {
            // The socket was quicker.
        }
    }

    private async Task CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await socket.CloseOutputAsync(closeStatus, null, deadline.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // A client that does not take the farewell is let go without.
        }
    }
}
