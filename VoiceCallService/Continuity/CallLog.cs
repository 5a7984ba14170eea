using System.Text.Json;
using Museum.Contracts.Protocol;
using Museum.VoiceCallService.Realtime;
using Museum.VoiceCallService.Sessions;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Continuity;

/// <summary>
/// One call's memory of what it has said, here and in the store. Messages are noted as they are sent and written to the store beside
/// them (<see cref="LogWriter"/>). While the store is away the memory here is all there is, and it is written when the store is back.
/// </summary>
internal sealed class CallLog
{
    private readonly Lock sync = new();
    private readonly ClientSession session;
    private readonly Fence fence;
    private readonly ReplayLog messages = new();
    private readonly LogWriter writer;
    private TurnRecord turn = new();
    private long lastSeq;
    private bool waits = true;

    public CallLog(CallStore store, ClientSession session, string tokenHash, Fence fence)
    {
        (this.session, TokenHash, this.fence) = (session, tokenHash, fence);
        writer = new LogWriter(store, sync, Since);
        writer.Lost += why => Lost?.Invoke(why);
    }

    /// <summary>The store says that the call is not this holder's any more: <see cref="Written.Moved"/> or <see cref="Written.Over"/>.</summary>
    public event Action<Written>? Lost;

    public string TokenHash { get; }

    /// <summary>Takes over what the holder before had written.</summary>
    public void Restore(CallState state, IReadOnlyList<LoggedMessage> missed, long last)
    {
        turn = state.Turn;
        foreach (var message in missed)
        {
            messages.Add(message);
        }

        lastSeq = last;
        writer.ContinueAfter(last);
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

            writer.Write(soon || message is not null);
        }
    }

    public void Begin(Turn begun)
    {
        lock (sync)
        {
            turn = begun.Record;
            (turn.TurnId, turn.RequestId, turn.Question, turn.WantsVoice, turn.EnableSrs) = (begun.Id, begun.RequestId, begun.Text, begun.WantsVoice, begun.EnableSrs);
            writer.Write(true);
        }
    }

    public void AddSentence(long of, WrittenSentence sentence)
    {
        lock (sync)
        {
            if (turn.TurnId == of && turn.Sentences.TrueForAll(s => s.Sequence != sentence.Sequence))
            {
                turn.Sentences.Add(sentence);
                writer.Write(true);
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
                writer.Write(true);
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
            writer.Write(true);
        }
    }

    /// <summary>A socket shows the call to the visitor, or none does any more.</summary>
    /// <returns>When the store knows everything, or cannot be reached.</returns>
    public Task WaitsAsync(bool forResume)
    {
        lock (sync)
        {
            waits = forResume;
            writer.Write(true);
            return writer.Writing;
        }
    }

    /// <summary>The call is over for good: nothing is written any more, so that it may be forgotten.</summary>
    /// <returns>When the last write is done.</returns>
    public Task CloseAsync()
    {
        lock (sync)
        {
            writer.Close();
            return writer.Writing;
        }
    }

    private LogWrite Since(long seq)
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(CallState.Of(turn, session, fence), ProtocolJson.Options);
        return new(session.Id, session.Epoch, TokenHash, state, lastSeq, messages.Oldest, messages.After(seq)) { CallId = session.CallId, IsLast = waits };
    }
}
