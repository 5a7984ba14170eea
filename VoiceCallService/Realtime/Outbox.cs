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
    private readonly Lock sync = new();
    private readonly RecentSound sound = new();
    private readonly ShownSocket shown = new(time);
    private readonly MessageNumbers numbers = new(time, log);
    private bool closed;
    private bool own;

    public Fence Fence => fence;

    /// <summary>Of the session, once it is known; null before.</summary>
    public string? SessionId { get => numbers.SessionId; set => numbers.SessionId = value; }

    /// <summary>Null: this call cannot be resumed.</summary>
    public CallLog? Log => log;

    /// <summary>A socket that says things about itself only: nothing of a call passes here.</summary>
    public static Outbox Of(SocketWriter writer, TimeProvider time)
    {
        var outbox = new Outbox(time, new Fence()) { own = true };
        outbox.shown.Attach(writer);
        return outbox;
    }

    /// <summary>The next message that must not be lost gets the number after this one.</summary>
    public void ContinueAfter(long last) => numbers.ContinueAfter(last);

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

            var frame = new OutgoingFrame(numbers.Write(welcome, payload), default, null, Fence) { SaidAgain = Missed(from) };
            shown.Attach(to);
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
            shown.Detach(from);
        }
    }

    /// <summary>Nothing is said any more.</summary>
    public void Close()
    {
        lock (sync)
        {
            closed = true;
            shown.WaitNoMore();
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
            return !closed && shown.Writer?.TryWrite(new OutgoingFrame(numbers.Write(type, payload), default, null, own ? null : Fence)) == true;
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

            var text = numbers.WriteNext(type, payload, worth, turn);
            if (shown.Writer is not { } to)
            {
                return null;
            }

            var kept = payload is AudioMetaPayload meta && log is not null ? sound.Add(numbers.Last, text, meta, binary) : null;
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

    private IReadOnlyList<MissedMessage> Missed(ResumePoint from) => log is null ? [] : sound.TakeAfter(from, log.After(from.LastSeen));

    /// <returns>False: nobody has come back in time.</returns>
    private async ValueTask<bool> IsHeardAsync(CancellationToken cancellationToken)
    {
        Task<bool> returning;
        lock (sync)
        {
            if (shown.Writer is not null || closed)
            {
                return true;
            }

            returning = shown.ReturnsAsync(cancellationToken);
        }

        return await returning;
    }
}
