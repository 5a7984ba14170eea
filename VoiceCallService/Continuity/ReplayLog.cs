namespace Museum.VoiceCallService.Continuity;

/// <summary>A message that must not be lost, as it was sent.</summary>
/// <param name="Seq">Upwards by one within the call.</param>
/// <param name="Turn">Not said again once this turn is behind the fence.</param>
/// <param name="Bytes">The whole envelope, UTF-8.</param>
internal sealed record LoggedMessage(long Seq, long? Turn, byte[] Bytes);

/// <summary>What a client may have missed, oldest first; beyond 256 KB the oldest goes (architecture.md, Rules of the turn).</summary>
internal sealed class ReplayLog
{
    public const int MaxBytes = 256 * 1024;

    private readonly Queue<LoggedMessage> messages = new();
    private int bytes;

    /// <summary>The oldest number that is still here; what is below it in the store can go.</summary>
    public long Oldest => messages.TryPeek(out var first) ? first.Seq : Last + 1;

    public long Last { get; private set; }

    public void Add(LoggedMessage message)
    {
        messages.Enqueue(message);
        bytes += message.Bytes.Length;
        Last = message.Seq;
        while (bytes > MaxBytes)
        {
            Drop();
        }
    }

    /// <summary>The client has seen everything up to this number.</summary>
    public void Trim(long seen)
    {
        while (messages.TryPeek(out var first) && first.Seq <= seen)
        {
            Drop();
        }
    }

    public IReadOnlyList<LoggedMessage> After(long seq) => [.. messages.SkipWhile(m => m.Seq <= seq)];

    private void Drop() => bytes -= messages.Dequeue().Bytes.Length;
}
