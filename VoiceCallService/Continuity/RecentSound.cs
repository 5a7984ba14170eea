using Museum.Contracts.Protocol;

namespace Museum.VoiceCallService.Continuity;

/// <summary>From where on a client that comes back has missed something.</summary>
/// <param name="LastSeen">The number of the last message that it has.</param>
/// <param name="Sound">Up to where it has the guide's sound; null: it does not say, and is told no sound again.</param>
internal sealed record ResumePoint(long LastSeen, SoundPoint? Sound = null)
{
    public static ResumePoint Beginning { get; } = new(0);
}

/// <summary>Said again to a client that missed it.</summary>
internal sealed record MissedMessage(long Seq, byte[] Text, ReadOnlyMemory<byte> Binary, long? Turn);

/// <summary>
/// The guide's sound that went into a socket a moment ago: when the socket breaks, some of it was on the way. Ten seconds, since a client
/// that falls further behind is cut off; what a client has acknowledged is dropped. Not thread-safe: the outbox has a lock.
/// </summary>
internal sealed class RecentSound
{
    // 10 s of PCM16 at 16 kHz, in some 250 pieces.
    private const int MostBytes = 320_000;

    // A tenth of a sample at 16 kHz.
    private const double RoundingMs = 0.00625;

    private readonly LinkedList<Piece> pieces = new();
    private int bytes;

    /// <param name="seq">The number of the message before it.</param>
    /// <param name="text">Its AUDIO_META as it was written.</param>
    /// <param name="meta">The same.</param>
    /// <param name="pcm">The binary frame behind it.</param>
    /// <returns>For <see cref="TryWithdraw"/>.</returns>
    public object Add(long seq, byte[] text, AudioMetaPayload meta, ReadOnlyMemory<byte> pcm)
    {
        bytes += pcm.Length;
        var added = pieces.AddLast(new Piece(new MissedMessage(seq, text, pcm, meta.TurnId), meta));
        while (bytes > MostBytes)
        {
            Drop(pieces.First!);
        }

        return added;
    }

    /// <summary>Who has a message has everything that went before it.</summary>
    public void Acknowledge(long seq)
    {
        while (pieces.First is { } oldest && oldest.Value.Message.Seq < seq)
        {
            Drop(oldest);
        }
    }

    /// <summary>What the client has not got, messages and sound in the order in which they went: sound behind the message whose number it bears.</summary>
    /// <param name="point">What it has.</param>
    /// <param name="messages">Those that it has not.</param>
    public IReadOnlyList<MissedMessage> TakeAfter(ResumePoint point, IReadOnlyList<LoggedMessage> messages) =>
    [
        .. messages.Select(m => (Message: new MissedMessage(m.Seq, m.Bytes, default, m.Turn), IsSound: false))
            .Concat(TakeAfter(point).Select(s => (Message: s, IsSound: true)))
            .OrderBy(m => m.Message.Seq).ThenBy(m => m.IsSound).Select(m => m.Message),
    ];

    /// <summary>It is on its way again then.</summary>
    private IReadOnlyList<MissedMessage> TakeAfter(ResumePoint point)
    {
        if (point.Sound is not { } have)
        {
            return [];
        }

        Piece[] missed = [.. pieces.Where(p => p.Message.Seq >= point.LastSeen && !Has(have, p.Meta))];
        Array.ForEach(missed, p => p.IsOnItsWay = true);
        return [.. missed.Select(p => p.Message)];
    }

    /// <summary>The socket did not take it.</summary>
    /// <returns>False: it is on its way again by another.</returns>
    public bool TryWithdraw(object added)
    {
        var piece = (LinkedListNode<Piece>)added;
        if (piece.List is not null && !piece.Value.IsOnItsWay)
        {
            Drop(piece);
        }

        return !piece.Value.IsOnItsWay;
    }

    private static bool Has(SoundPoint have, AudioMetaPayload piece) =>
        piece.TurnId < have.TurnId
        || (piece.TurnId == have.TurnId && (piece.Sequence < have.Sequence || (piece.Sequence == have.Sequence && piece.StartMs + piece.DurationMs <= have.EndMs + RoundingMs)));

    private void Drop(LinkedListNode<Piece> piece)
    {
        bytes -= piece.Value.Message.Binary.Length;
        pieces.Remove(piece);
    }

    private sealed record Piece(MissedMessage Message, AudioMetaPayload Meta)
    {
        public bool IsOnItsWay { get; set; }
    }
}
