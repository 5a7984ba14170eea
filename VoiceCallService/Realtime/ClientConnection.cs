using System.Diagnostics;
using System.Net.WebSockets;
using System.Threading.Channels;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>How a client came in.</summary>
/// <param name="Token">Of the handshake, verified; null: REGISTER brings it.</param>
/// <param name="CallId">Of the ticket that opened the socket; null: none.</param>
/// <param name="HasMicrophone">A live call, not one in writing.</param>
/// <param name="Parent">The trace of the request.</param>
internal sealed record Entrance(string? Token, string? CallId, bool HasMicrophone, ActivityContext Parent);

/// <summary>
/// One client's socket, from REGISTER to the end:
/// <code>
/// 1 REGISTER within 10 s     who is it, what does it want: a new call, or to resume one
/// 2 REGISTER_ACK, STATUS     then what was missed; from now on this socket shows the call
/// 3 messages                 each handled at once; turns run beside
/// 4 the end                  by the client, a newer socket, the session's end, or shutdown; the call may wait for another socket
/// </code>
/// A receive that is cancelled aborts the whole socket, so the reader is cancelled only after the farewell is out.
/// </summary>
internal sealed partial class ClientConnection : ICallSocket, IDisposable
{
    /// <summary>For the client's half of the close handshake.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    /// <summary>For what is still to be written; a client that takes it in drops misses the rest.</summary>
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(5);

    private readonly WebSocket socket;
    private readonly Entrance entrance;
    private readonly ConnectionParts parts;
    private readonly Outbox own;
    private readonly TaskCompletionSource<Farewell> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<OpenCall> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Heartbeat? heartbeat;
    private IDisposable? admission;

    public ClientConnection(WebSocket socket, PairedWrites? writes, Entrance entrance, ConnectionParts parts)
    {
        (this.socket, this.entrance, this.parts) = (socket, entrance, parts);
        Writer = new SocketWriter(socket, writes, parts.Time);
        own = Outbox.Of(Writer, parts.Time);
    }

    public SocketWriter Writer { get; }

    public void End(Farewell farewell) => ending.TrySetResult(farewell);

    /// <param name="aborted">The connection below is gone.</param>
    /// <param name="stopping">The service ends: what is being answered is finished first.</param>
    public async Task RunAsync(CancellationToken aborted, CancellationToken stopping)
    {
        using var abort = new CancellationTokenSource();
        using var watching = new CancellationTokenSource();
        using var gone = aborted.UnsafeRegister(_ => End(Farewell.Broken), null);
        using var broken = Writer.Broken.UnsafeRegister(_ => End(Farewell.Broken), null);
        using var draining = stopping.UnsafeRegister(_ => _ = DrainAsync(), null);
        var writing = Writer.RunAsync(abort.Token);
        var reading = ReadAllAsync(abort.Token);
        var watch = WatchAsync(watching.Token);

        var farewell = await ending.Task;
        await watching.CancelAsync();
        await watch;
        if (farewell.Parting == Parting.Over)
        {
            // Who hears that it is over finds nothing to resume.
            await LeaveAsync(farewell);
        }

        await SayAsync(farewell);
        Writer.Complete();
        await Task.WhenAny(writing, Task.Delay(WriteLimit, parts.Time, CancellationToken.None));
        await CloseAsync(farewell.Status);
        await Task.WhenAny(reading, Task.Delay(CloseGrace, parts.Time, CancellationToken.None));
        await abort.CancelAsync();
        await writing;
        await reading;
        await LeaveAsync(farewell);
    }

    public void Dispose()
    {
        admission?.Dispose();
        Writer.Dispose();
    }

    /// <summary>The answer under way is finished, so that few need to be resumed.</summary>
    private async Task DrainAsync()
    {
        if (registered.Task.IsCompletedSuccessfully)
        {
            var limit = parts.Limits.CurrentValue.DrainFor;
            await Task.WhenAny((await registered.Task).Conversation.Quiet, ending.Task, Task.Delay(limit, parts.Time, CancellationToken.None));
        }

        End(Farewell.ServerShutdown());
    }

    /// <summary>Ends a connection that does not register, gives no sign of life, falls behind, or whose session ends.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await registered.Task.WaitAsync(Opening.Deadline, parts.Time, cancellationToken);
            var beating = heartbeat!.RunAsync(cancellationToken);
            End(await Task.WhenAny(beating, Writer.Lagging.WaitAsync(cancellationToken)) == beating ? await beating : Farewell.Lagging);
        }
        catch (TimeoutException)
        {
            End(Farewell.Of(new ProtocolException(ErrorCodes.AuthFailed, "No REGISTER within 10 s.")));
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

            End(new(WebSocketCloseStatus.NormalClosure)
            {
                // A page that is left closes with 1001 and may come back; one that says goodbye does not.
                Parting = socket.CloseStatus switch { null => Parting.Over, WebSocketCloseStatus.NormalClosure => Parting.Left, _ => Parting.Broken },
            });
        }
        catch (ProtocolException e)
        {
            End(Farewell.Of(e));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ChannelClosedException)
        {
            // Gone without a word, or told to go.
            End(Farewell.Broken);
        }
        catch (Exception e)
        {
            // A defect of ours ends this connection, and is told; it must not leave it half alive.
            LogDefect(parts.Logger, e);
            End(new(WebSocketCloseStatus.InternalServerError, ProtocolException.From(e, null)));
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

            if (!registered.Task.IsCompletedSuccessfully)
            {
                return await OpenAsync(frame, cancellationToken);
            }

            heartbeat!.Answered();
            return await (await registered.Task).Conversation.HandleAsync(frame, cancellationToken);
        }
        catch (ProtocolException e) when (e.Close is null && registered.Task.IsCompletedSuccessfully)
        {
            await parts.Errors.SendAsync(own, e, TraceId, cancellationToken);
            return true;
        }
    }

    private async Task<bool> OpenAsync(IncomingFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.Message?.MsgType)
        {
            case MessageTypes.Register:
                await RegisterAsync(Payloads.Read<RegisterPayload>(frame.Message), cancellationToken);
                return true;
            case MessageTypes.HealthCheck:
                await own.SendAsync(MessageTypes.HealthCheckAck, parts.Load.Read(), cancellationToken);
                return true;
            case MessageTypes.Ping:
                await own.SendAsync(MessageTypes.Pong, new PongPayload(), cancellationToken);
                return true;
            default:
                throw new ProtocolException(ErrorCodes.AuthFailed, "REGISTER comes first.");
        }
    }

    private async Task RegisterAsync(RegisterPayload register, CancellationToken cancellationToken)
    {
        var session = await parts.Opening.RegisterAsync(register, entrance.Token, cancellationToken);
        own.SessionId = session.Id;
        // Only who really comes back was admitted before: to name a call that is not there opens a new one, for which there has to be a line.
        var resumed = await parts.Switchboard.ResumeAsync(this, session, register.Resume, entrance, parts, cancellationToken);
        admission = parts.Admission.Admit(session.Id, entrance.HasMicrophone, cameBack: resumed is not null);
        var joined = resumed ?? await parts.Switchboard.OpenAsync(this, session, register.Resume, entrance, parts, cancellationToken);
        var call = joined.Call;
        own.SessionId = call.Session.Id;
        heartbeat = new Heartbeat(own, call, new CallWatch(call, onlyWhileOpen: !entrance.HasMicrophone, parts.Limits), parts.Revoked, parts.Time);
        registered.SetResult(call);
        try
        {
            await call.GreetAsync(this, joined.Resumed, joined.From, cancellationToken);
        }
        finally
        {
            // Whether or not the socket has broken again meanwhile: the answer goes on for whoever comes back.
            if (joined.Taken is { State: { } state } taken)
            {
                await call.Conversation.ContinueAsync(state.Turn, isCertain: joined.From.LastSeen <= taken.LastSeq, cancellationToken);
            }
        }
    }

    private async Task LeaveAsync(Farewell farewell)
    {
        if (registered.Task.IsCompletedSuccessfully)
        {
            await (await registered.Task).LeaveAsync(this, farewell.Parting);
        }
    }

    private async Task SayAsync(Farewell farewell)
    {
        try
        {
            if (farewell.Error is { } error)
            {
                await parts.Errors.SendAsync(own, error, TraceId, Writer.Broken);
            }

            if (farewell.Shutdown is { } shutdown)
            {
                await own.SendAsync(MessageTypes.Shutdown, shutdown, Writer.Broken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection ended by a defect")]
    private static partial void LogDefect(ILogger logger, Exception exception);

    private string? TraceId => entrance.Parent.TraceId == default ? null : entrance.Parent.TraceId.ToString();
}
