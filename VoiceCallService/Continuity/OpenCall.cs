using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Continuity;

/// <summary>What becomes of a call when its socket goes.</summary>
internal enum Parting
{
    /// <summary>Broken: the answer runs on, and the call waits 300 s for its visitor.</summary>
    Broken,

    /// <summary>The client closed: nobody listens, the answer ends; what was said is kept in the store for 300 s.</summary>
    Left,

    /// <summary>Ended: there is nothing to come back to.</summary>
    Over,
}

/// <summary>The socket that shows a call.</summary>
internal interface ICallSocket
{
    SocketWriter Writer { get; }

    /// <summary>Says farewell and closes.</summary>
    void End(Farewell farewell);
}

/// <summary>A session's call on this replica. It outlives its sockets: one after the other shows it to the visitor.</summary>
internal sealed class OpenCall(ClientSession session, Conversation conversation, Outbox outbox, CallStore store, SessionRegistry registry, TimeProvider time)
{
    /// <summary>Why a call is over that was ended by POST /api/voice/end.</summary>
    public const string Ended = "ENDED";

    private readonly Lock sync = new();
    private readonly long opened = time.GetTimestamp();
    private readonly TimeSpan before = time.GetUtcNow() - (session.CallBegan ?? time.GetUtcNow());
    private ICallSocket? socket;
    private ITimer? expiring;
    private Task? ended;
    private long? brokenAt;

    public ClientSession Session => session;

    public Conversation Conversation => conversation;

    public CallLog? Log => outbox.Log;

    /// <summary>Null: the call cannot be resumed.</summary>
    public string? ResumeToken { get; init; }

    /// <summary>Since when nobody is there and nothing is answered, in ticks of the clock; null: somebody is, something is, or it has ended.</summary>
    public long? WaitsSince
    {
        get
        {
            lock (sync)
            {
                return ended is null && conversation.Quiet.IsCompleted ? brokenAt : null;
            }
        }
    }

    /// <summary>Its time on other replicas included.</summary>
    public TimeSpan Age => before + time.GetElapsedTime(opened);

    /// <summary>From now on this socket shows the call; the one before is told so and closed.</summary>
    /// <returns>False: the call has just ended.</returns>
    public bool TryTake(ICallSocket newer)
    {
        ICallSocket? older;
        lock (sync)
        {
            if (ended is not null)
            {
                return false;
            }

            (older, socket) = (socket, newer);
            brokenAt = null;
            expiring?.Dispose();
        }

        older?.End(Farewell.Replaced);
        return true;
    }

    /// <summary>Welcomes the visitor, and says what they missed.</summary>
    public async Task GreetAsync(ICallSocket on, bool? resumed, ResumePoint from, CancellationToken cancellationToken)
    {
        if (Log is { } log)
        {
            _ = log.WaitsAsync(forResume: false);
        }

        await conversation.GreetAsync(on.Writer, ResumeToken, resumed, from, cancellationToken);
    }

    /// <summary>That socket is gone. If another has taken its place, the call goes on there.</summary>
    public async Task LeaveAsync(ICallSocket gone, Parting parting)
    {
        outbox.Detach(gone.Writer);
        var waits = parting == Parting.Broken && Log is not null;
        lock (sync)
        {
            if (socket != gone)
            {
                return;
            }

            socket = null;
            if (waits && ended is null)
            {
                brokenAt = time.GetTimestamp();
                expiring = time.CreateTimer(_ => _ = EndAsync(forget: true), null, CallStore.KeptFor, Timeout.InfiniteTimeSpan);
            }
        }

        await (waits ? Log!.WaitsAsync(forResume: true) : EndAsync(forget: parting == Parting.Over));
    }

    /// <summary>A newer call of the session, here or on another replica, has its place.</summary>
    public Task ReplaceAsync(bool elsewhere)
    {
        session.IsElsewhere |= elsewhere;
        Socket?.End(Farewell.Replaced);
        return EndAsync(forget: false, write: false);
    }

    /// <summary>Ended by its visitor through another door, or by the house.</summary>
    public Task StopAsync(string reason)
    {
        Socket?.End(Farewell.Over(reason));
        return EndAsync(forget: true);
    }

    /// <summary>Its replica stops: another may go on.</summary>
    public Task HandOverAsync()
    {
        session.IsElsewhere = true;
        return EndAsync(forget: false);
    }

    private ICallSocket? Socket
    {
        get
        {
            lock (sync)
            {
                return socket;
            }
        }
    }

    private Task EndAsync(bool forget, bool write = true)
    {
        lock (sync)
        {
            return ended ??= Task.Run(() => EndOnceAsync(forget, write));
        }
    }

    private async Task ForgetAsync(CallLog log)
    {
        await log.CloseAsync();
        await store.TryForgetAsync(session.Id, session.Epoch);
    }

    private async Task EndOnceAsync(bool forget, bool write)
    {
        registry.Leave(this);
        await (expiring?.DisposeAsync() ?? ValueTask.CompletedTask);
        // What the turn says at its end is not said to anybody any more.
        outbox.Close();
        await conversation.DisposeAsync();
        if (Log is { } log && write)
        {
            await (forget ? ForgetAsync(log) : log.WaitsAsync(forResume: true));
        }
    }
}
