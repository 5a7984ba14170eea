using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.ServiceDefaults.Errors;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// One call's memory of what it has said, here and in the store. Messages are noted as they are sent and written to the store beside
/// them: one write at a time, with everything that has come since the last. While the store is away the memory here is all there is,
/// and it is written when the store is back.
/// </summary>
internal sealed class CallLog(CallStore store, ClientSession session, string tokenHash, Fence fence)
{
    private readonly Lock sync = new();
    private readonly ReplayLog messages = new();
    private TurnRecord turn = new();
    private Task writing = Task.CompletedTask;
    private long lastSeq;
    private long written;
    private bool dirty;
    private bool waits = true;
    private bool anew;
    private bool moved;
    private bool closed;

    /// <summary>Another holder has the call.</summary>
    public event Action? Moved;

    public string TokenHash => tokenHash;

    /// <summary>Takes over what the holder before had written.</summary>
    public void Restore(CallState state, IReadOnlyList<LoggedMessage> missed, long last)
    {
        turn = state.Turn;
        foreach (var message in missed)
        {
            messages.Add(message);
        }

        written = lastSeq = last;
    }

    /// <summary>Called in the order in which messages leave.</summary>
    /// <param name="payload">What it says of the turn's progress.</param>
    /// <param name="message">Null: it is not kept.</param>
    public void Note<T>(T payload, LoggedMessage? message)
    {
        lock (sync)
        {
            var soon = turn.Apply(payload);
            if (message is not null)
            {
                messages.Add(message);
                lastSeq = message.Seq;
            }

            Write(soon || message is not null);
        }
    }

    public void Begin(Turn begun)
    {
        lock (sync)
        {
            turn = begun.Record;
            (turn.TurnId, turn.RequestId, turn.Question, turn.WantsVoice, turn.EnableSrs) = (begun.Id, begun.RequestId, begun.Text, begun.WantsVoice, begun.EnableSrs);
            Write(true);
        }
    }

    public void AddSentence(long of, WrittenSentence sentence)
    {
        lock (sync)
        {
            if (turn.TurnId == of && turn.Sentences.TrueForAll(s => s.Sequence != sentence.Sequence))
            {
                turn.Sentences.Add(sentence);
                Write(true);
            }
        }
    }

    public void Played(PlaybackPayload playback)
    {
        lock (sync)
        {
            if (turn.TurnId == playback.TurnId)
            {
                turn.Apply(playback);
                Write(true);
            }
        }
    }

    public void Acknowledge(long seq)
    {
        lock (sync)
        {
            // Goes to the store with what is written next.
            messages.Trim(seq);
        }
    }

    public IReadOnlyList<LoggedMessage> After(long seq)
    {
        lock (sync)
        {
            return messages.After(seq);
        }
    }

    /// <summary>Shows the store that the call lives, and learns whether it still is this replica's.</summary>
    public void Touch()
    {
        lock (sync)
        {
            Write(true);
        }
    }

    /// <summary>A socket shows the call to the visitor, or none does any more.</summary>
    /// <returns>When the store knows everything, or cannot be reached.</returns>
    public Task WaitsAsync(bool forResume)
    {
        lock (sync)
        {
            waits = forResume;
            Write(true);
            return writing;
        }
    }

    /// <summary>The call is over for good: nothing is written any more, so that it may be forgotten.</summary>
    /// <returns>When the last write is done.</returns>
    public Task CloseAsync()
    {
        lock (sync)
        {
            closed = true;
            return writing;
        }
    }

    private void Write(bool soon)
    {
        dirty |= soon;
        if (dirty && !moved && !closed && writing.IsCompleted)
        {
            writing = Task.Run(WriteAllAsync);
        }
    }

    private async Task WriteAllAsync()
    {
        while (Next() is { } write)
        {
            Written result;
            try
            {
                // Its own deadline is the store's.
                result = await store.WriteAsync(write, CancellationToken.None);
            }
            catch (DependencyException)
            {
                Failed();
                return;
            }

            if (result == Written.Raised)
            {
                Failed();
                return;
            }

            if (Done(write, result))
            {
                Moved?.Invoke();
                return;
            }
        }
    }

    private LogWrite? Next()
    {
        lock (sync)
        {
            if (!dirty || moved || closed)
            {
                // In the same step as the look at `dirty`, so that the next message starts a new one.
                writing = Task.CompletedTask;
                return null;
            }

            // All at once (at most 256 KB): the state is of the last message's moment and must not be in the store without it.
            dirty = false;
            return new LogWrite(session.Id, session.Epoch, tokenHash, State(), lastSeq, messages.Oldest, messages.After(anew ? 0 : written)) { Anew = anew, IsLast = waits };
        }
    }

    private byte[] State() => JsonSerializer.SerializeToUtf8Bytes(
        new CallState
        {
            Turn = turn,
            CallId = session.CallId,
            Began = session.CallBegan,
            FencedThrough = fence.ClosedThrough,
            Heard = [.. session.PendingHeard().Select(h => new HeardAnswer(h.TurnId, h.Text))],
            Requests = session.RecentRequests(),
        },
        ProtocolJson.Options);

    private bool Done(LogWrite write, Written result)
    {
        lock (sync)
        {
            (moved, anew) = (result == Written.Moved, result == Written.Forgotten);
            written = anew ? 0 : write.LastSeq;
            dirty |= anew;
            return moved;
        }
    }

    private void Failed()
    {
        lock (sync)
        {
            // The next message, the welcome of who came back, or the next heartbeat tries again.
            dirty = true;
            writing = Task.CompletedTask;
        }
    }
}
