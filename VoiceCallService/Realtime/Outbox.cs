using System.Threading.Channels;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>
/// What a call says, whichever socket shows it to the visitor. Here every message takes its place in the order and its number. While
/// there is no socket, what must not be lost goes into the log alone, sound waits up to 30 s for somebody who hears it, and the rest is
/// dropped. What was on the way when the socket broke is said again. A call without a log ends with its socket.
/// </summary>
internal sealed class Outbox(TimeProvider time, Fence fence, CallLog? log = null)
{
    /// <summary>So long the answer runs on for nobody (architecture.md, Rules of the turn).</summary>
    private static readonly TimeSpan RunsOnFor = TimeSpan.FromSeconds(30);

    private readonly Lock sync = new();
    private readonly RecentSound sound = new();
    private SocketWriter? writer;
    private TaskCompletionSource attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long detachedAt = time.GetTimestamp();
    private long seq;
    private bool closed;
    private bool own;

    public Fence Fence => fence;

    /// <summary>Of the session, once it is known; null before.</summary>
    public string? SessionId { get; set; }

    /// <summary>Null: this call cannot be resumed.</summary>
    public CallLog? Log => log;

    /// <summary>A socket that says things about itself only: nothing of a call passes here.</summary>
    public static Outbox Of(SocketWriter writer, TimeProvider time) => new(time, new Fence()) { writer = writer, own = true };

    /// <summary>The next message that must not be lost gets the number after this one.</summary>
    public void ContinueAfter(long last) => seq = last;

    /// <summary>From now on the call is shown on this socket: the welcome first, then what the client has not seen, then what is new.</summary>
    /// <exception cref="ChannelClosedException">The call is over, or the socket gone already.</exception>
    public ValueTask AttachAsync<T>(SocketWriter to, string welcome, T payload, ResumePoint from, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (closed)
            {
                throw new ChannelClosedException();
            }

            var frame = new OutgoingFrame(Write(welcome, payload, null), default, null, Fence) { SaidAgain = Missed(from) };
            writer = to;
            attached.TrySetResult();
            return to.WriteAsync(frame, cancellationToken);
        }
    }

    /// <summary>The client has that message, and all before it.</summary>
    public void Acknowledge(long seen)
    {
        log?.Acknowledge(seen);
        lock (sync)
        {
            sound.Acknowledge(seen);
        }
    }

    /// <summary>That socket is gone. Another may have taken its place already.</summary>
    public void Detach(SocketWriter from)
    {
        lock (sync)
        {
            if (writer == from)
            {
                writer = null;
                detachedAt = time.GetTimestamp();
                attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Nothing is said any more.</summary>
    public void Close()
    {
        lock (sync)
        {
            closed = true;
            attached.TrySetResult();
        }
    }

    /// <param name="type">One of <see cref="Contracts.Protocol.MessageTypes"/>.</param>
    /// <param name="payload">The message.</param>
    /// <param name="turn">The turn it belongs to: not sent once that turn is behind the fence. Null: sent in any case.</param>
    /// <param name="binary">A binary frame that must follow at once.</param>
    /// <param name="cancellationToken">Ends the wait for room.</param>
    /// <exception cref="ChannelClosedException">The call is over.</exception>
    public async ValueTask SendAsync<T>(string type, T payload, CancellationToken cancellationToken, long? turn = null, ReadOnlyMemory<byte> binary = default)
    {
        // What a socket says about itself has no number: those are the call's.
        var worth = own ? Worth.Passing : MessageWorth.Of(type, payload);
        while (worth is not (Worth.Sound or Worth.Face) || await IsHeardAsync(cancellationToken))
        {
            if (Put(type, payload, worth, turn, binary, cancellationToken) is not var (to, writing, kept))
            {
                return;
            }

            try
            {
                await writing;
                return;
            }
            catch (ChannelClosedException) when (log is not null)
            {
                Detach(to);
                if (worth is not (Worth.Sound or Worth.Face) || !Withdraw(kept))
                {
                    return;
                }
            }
        }
    }

    /// <summary>For what may be left out when there is no room.</summary>
    public bool TrySend<T>(string type, T payload)
    {
        lock (sync)
        {
            return !closed && writer?.TryWrite(new OutgoingFrame(Write(type, payload, null), default, null, own ? null : Fence)) == true;
        }
    }

    /// <summary>Number, log and place in the queue are given in one step, so that a client's last number says exactly what it has seen.</summary>
    private (SocketWriter To, Task Writing, object? Kept)? Put<T>(string type, T payload, Worth worth, long? turn, ReadOnlyMemory<byte> binary, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (closed)
            {
                throw new ChannelClosedException();
            }

            if (turn is { } of && Fence.IsClosed(of))
            {
                return null;
            }

            // Sound has the number of the message before it: it is no gap when it is missing.
            var text = Write(type, payload, worth switch { Worth.Lasting => ++seq, Worth.Sound => seq, _ => null });
            if (worth is Worth.Lasting or Worth.Sound)
            {
                log?.Note(payload, worth == Worth.Lasting ? new LoggedMessage(seq, turn, text) : null);
            }

            if (writer is not { } to)
            {
                return null;
            }

            var kept = payload is AudioMetaPayload meta && log is not null ? sound.Add(seq, text, meta, binary) : null;
            return (to, to.WriteAsync(new OutgoingFrame(text, binary, turn, own ? null : Fence), cancellationToken).AsTask(), kept);
        }
    }

    private bool Withdraw(object? kept)
    {
        lock (sync)
        {
            return kept is null || sound.TryWithdraw(kept);
        }
    }

    /// <summary>Messages and sound in the order in which they went: sound behind the message whose number it bears.</summary>
    private IReadOnlyList<MissedMessage> Missed(ResumePoint from) => log is null
        ? []
        : [.. log.After(from.LastSeen).Select(m => (Message: new MissedMessage(m.Seq, m.Bytes, default, m.Turn), IsSound: false))
            .Concat(sound.TakeAfter(from).Select(s => (Message: s, IsSound: true)))
            .OrderBy(m => m.Message.Seq).ThenBy(m => m.IsSound).Select(m => m.Message)];

    /// <returns>False: nobody has come back in time.</returns>
    private async ValueTask<bool> IsHeardAsync(CancellationToken cancellationToken)
    {
        Task listener;
        TimeSpan left;
        lock (sync)
        {
            if (writer is not null || closed)
            {
                return true;
            }

            (listener, left) = (attached.Task, RunsOnFor - time.GetElapsedTime(detachedAt));
        }

        try
        {
            await listener.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private byte[] Write<T>(string type, T payload, long? number) => Envelopes.Write(type, SessionId, payload, time.GetUtcNow().ToUnixTimeMilliseconds(), number);
}
