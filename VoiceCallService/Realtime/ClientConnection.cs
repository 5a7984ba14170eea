using System.Diagnostics;
using System.Net.WebSockets;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Realtime;

/// <summary>How a connection ends: what the client is told, and the close status.</summary>
internal sealed record Farewell(WebSocketCloseStatus Status, ProtocolException? Error = null, ShutdownPayload? Shutdown = null);

/// <summary>
/// One client's socket, from REGISTER to the end:
/// <code>
/// 1 REGISTER within 10 s     who is it, what does it want
/// 2 REGISTER_ACK, STATUS     and from now on every change of the guide's status
/// 3 messages                 each handled at once; turns run beside
/// 4 the end                  by the client, a newer socket, the session's end, or shutdown
/// </code>
/// A receive that is cancelled aborts the whole socket, so the reader is cancelled only after the farewell is out.
/// </summary>
internal sealed partial class ClientConnection(WebSocket socket, PairedWrites? writes, string? handshakeToken, ActivityContext parent, ConnectionParts parts) : ISessionHolder, IDisposable
{
    /// <summary>The session lives on in another socket (protocol.md, Opening).</summary>
    private const WebSocketCloseStatus Replaced = (WebSocketCloseStatus)4001;

    /// <summary>For the client's half of the close handshake.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    /// <summary>For what is still in the outbox; a client that takes it in drops misses the rest.</summary>
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private readonly Outbox outbox = new(socket, writes, parts.Time);
    private readonly TaskCompletionSource<Farewell> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Conversation> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RateLimitLease? admission;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var abort = new CancellationTokenSource();
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(outbox.Broken);
        using var stopping = cancellationToken.UnsafeRegister(_ => ending.TrySetResult(Shutdown()), null);
        using var broken = outbox.Broken.UnsafeRegister(_ => ending.TrySetResult(new(WebSocketCloseStatus.EndpointUnavailable)), null);
        var writing = outbox.RunAsync(abort.Token);
        var reading = ReadAllAsync(abort.Token);
        var watch = WatchAsync(watching.Token);

        var farewell = await ending.Task;
        await watching.CancelAsync();
        await watch;
        await SayAsync(farewell);
        outbox.Complete();
        await Task.WhenAny(writing, Task.Delay(DrainLimit, parts.Time, CancellationToken.None));
        await CloseAsync(farewell.Status);
        await Task.WhenAny(reading, Task.Delay(CloseGrace, parts.Time, CancellationToken.None));
        await abort.CancelAsync();
        await writing;
        await reading;
        await LeaveAsync();
    }

    public Task ReplaceAsync()
    {
        ending.TrySetResult(new(Replaced, Shutdown: new ShutdownPayload { Reason = "REPLACED" }));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        admission?.Dispose();
        outbox.Dispose();
    }

    private static Farewell Shutdown() => new(
        WebSocketCloseStatus.EndpointUnavailable,
        // Spread out, so that not all clients of a replica come back in the same moment.
        Shutdown: new ShutdownPayload { Reason = "SERVER_SHUTDOWN", ReconnectAfterMs = Random.Shared.Next(500, 3000) });

    private static Farewell Of(ProtocolException e) => new(e.Close ?? WebSocketCloseStatus.PolicyViolation, e);

    /// <summary>Ends a connection that does not register, gives no sign of life, or whose session ends.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            var conversation = await registered.Task.WaitAsync(Opening.Deadline, parts.Time, cancellationToken);
            ending.TrySetResult(await conversation.Heartbeat.RunAsync(cancellationToken));
        }
        catch (TimeoutException)
        {
            ending.TrySetResult(Of(new ProtocolException(ErrorCodes.AuthFailed, "No REGISTER within 10 s.")));
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // It ends for another reason.
        }
    }

    private async Task ReadAllAsync(CancellationToken cancellationToken)
    {
        using var frames = new FrameReader(socket);
        try
        {
            while (await ReadOneAsync(frames, cancellationToken))
            {
            }

            ending.TrySetResult(new(WebSocketCloseStatus.NormalClosure));
        }
        catch (ProtocolException e)
        {
            ending.TrySetResult(Of(e));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ChannelClosedException)
        {
            // Gone without a word, or told to go.
            ending.TrySetResult(new(WebSocketCloseStatus.NormalClosure));
        }
        catch (Exception e)
        {
            // A defect of ours ends this connection, and is told; it must not leave it half alive.
            LogDefect(parts.Logger, e);
            ending.TrySetResult(new(WebSocketCloseStatus.InternalServerError, ProtocolException.From(e, null)));
        }
    }

    /// <returns>False: the client has nothing more to say.</returns>
    private async Task<bool> ReadOneAsync(FrameReader frames, CancellationToken cancellationToken)
    {
        try
        {
            var frame = await frames.ReadAsync(cancellationToken);
            if (frame.IsEnd)
            {
                return false;
            }

            if (ending.Task.IsCompleted)
            {
                // After the farewell only the client's close is awaited.
                return true;
            }

            return registered.Task.IsCompletedSuccessfully
                ? await (await registered.Task).HandleAsync(frame, cancellationToken)
                : await OpenAsync(frame, cancellationToken);
        }
        catch (ProtocolException e) when (e.Close is null && registered.Task.IsCompletedSuccessfully)
        {
            await parts.Errors.SendAsync(outbox, e, TraceId, cancellationToken);
            return true;
        }
    }

    private async Task<bool> OpenAsync(IncomingFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.Message?.MsgType)
        {
            case MessageTypes.Register:
                var session = await parts.Opening.RegisterAsync(Payloads.Read<RegisterPayload>(frame.Message), handshakeToken, cancellationToken);
                outbox.SessionId = session.Id;
                admission = parts.Admission.Admit(session.Id);
                await parts.Registry.JoinAsync(session.Id, this);
                var conversation = new Conversation(session, outbox, parent, parts);
                registered.SetResult(conversation);
                await conversation.GreetAsync(cancellationToken);
                return true;
            case MessageTypes.HealthCheck:
                await outbox.SendAsync(MessageTypes.HealthCheckAck, parts.Load.Read(), cancellationToken);
                return true;
            case MessageTypes.Ping:
                await outbox.SendAsync(MessageTypes.Pong, new PongPayload(), cancellationToken);
                return true;
            default:
                throw new ProtocolException(ErrorCodes.AuthFailed, "REGISTER comes first.");
        }
    }

    private async Task SayAsync(Farewell farewell)
    {
        try
        {
            if (farewell.Error is { } error)
            {
                await parts.Errors.SendAsync(outbox, error, TraceId, outbox.Broken);
            }

            if (farewell.Shutdown is { } shutdown)
            {
                await outbox.SendAsync(MessageTypes.Shutdown, shutdown, outbox.Broken);
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

    private async Task LeaveAsync()
    {
        if (registered.Task.IsCompletedSuccessfully)
        {
            var conversation = await registered.Task;
            parts.Registry.Leave(conversation.SessionId, this);
            await conversation.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);

    private string? TraceId => parent.TraceId == default ? null : parent.TraceId.ToString();
}
