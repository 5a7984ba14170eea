using System.Net.WebSockets;
using System.Threading.Channels;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// One client's socket, from REGISTER to the end:
/// <code>
/// 1 REGISTER within 10 s     who is it, what does it want: a new call, or to resume one (Arrival)
/// 2 REGISTER_ACK, STATUS     then what was missed; from now on this socket shows the call
/// 3 messages                 each handled at once (ConnectionReader); turns run beside
/// 4 the end                  by the client, a newer socket, the session's end, or shutdown; the call may wait for another socket
/// </code>
/// A receive that is cancelled aborts the whole socket, so the reader is cancelled only after the farewell is out.
/// </summary>
internal sealed class ClientConnection : ICallSocket, IDisposable
{
    /// <summary>For the client's half of the close handshake.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(1);

    private readonly ConnectionParts parts;
    private readonly Goodbye goodbye;
    private readonly Arrival arrival;
    private readonly ConnectionReader reader;
    private readonly TaskCompletionSource<Farewell> ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClientConnection(WebSocket socket, PairedWrites? writes, Entrance entrance, ConnectionParts parts)
    {
        this.parts = parts;
        Writer = new SocketWriter(socket, writes, parts.Time);
        var own = Outbox.Of(Writer, parts.Time);
        goodbye = new Goodbye(socket, Writer, own, entrance.TraceId, parts);
        arrival = new Arrival(this, own, entrance, parts);
        reader = new ConnectionReader(socket, arrival, own, entrance.TraceId, parts);
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
        var reading = ReadAsync(abort.Token);
        var watch = WatchAsync(watching.Token);

        var farewell = await ending.Task;
        await watching.CancelAsync();
        await watch;
        if (farewell.Parting == Parting.Over)
        {
            // Who hears that it is over finds nothing to resume.
            await LeaveAsync(farewell);
        }

        await goodbye.SayAsync(farewell, writing);
        await Task.WhenAny(reading, Task.Delay(CloseGrace, parts.Time, CancellationToken.None));
        await abort.CancelAsync();
        await writing;
        await reading;
        await LeaveAsync(farewell);
    }

    public void Dispose()
    {
        arrival.Dispose();
        Writer.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken) => End(await reader.ReadAsync(ending.Task, cancellationToken));

    /// <summary>The answer under way is finished, so that few need to be resumed.</summary>
    private async Task DrainAsync()
    {
        if (arrival.Call is { } call)
        {
            var limit = parts.Limits.CurrentValue.DrainFor;
            await Task.WhenAny(call.Conversation.Quiet, ending.Task, Task.Delay(limit, parts.Time, CancellationToken.None));
        }

        End(Farewell.ServerShutdown());
    }

    /// <summary>Ends a connection that does not register, gives no sign of life, falls behind, or whose session ends.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await arrival.Registered.WaitAsync(Opening.Deadline, parts.Time, cancellationToken);
            var beating = arrival.Heartbeat!.RunAsync(cancellationToken);
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

    private Task LeaveAsync(Farewell farewell) => arrival.Call?.LeaveAsync(this, farewell.Parting) ?? Task.CompletedTask;
}
