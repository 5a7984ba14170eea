namespace Museum.VoiceCallService.Continuity;

/// <summary>What a holder writes at once.</summary>
internal sealed record LogWrite(string Session, long Epoch, string TokenHash, byte[] State, long LastSeq, long Oldest, IReadOnlyList<LoggedMessage> Messages)
{
    /// <summary>Of POST /api/voice/start; null: the call was opened without.</summary>
    public string? CallId { get; init; }

    /// <summary>These are all there are: what the store has besides is void.</summary>
    public bool Anew { get; init; }

    /// <summary>No socket: the call waits to be resumed, and its 300 s run.</summary>
    public bool IsLast { get; init; }
}

/// <summary>What the store says to a holder that writes.</summary>
internal enum Written
{
    Done,

    /// <summary>It knew nothing of the call (it came back empty): everything has to be written anew.</summary>
    Forgotten,

    /// <summary>Another holder has the call.</summary>
    Moved,

    /// <summary>This holder has just raised the epoch, for a visitor who came back: to be written again with that.</summary>
    Raised,

    /// <summary>The call was ended through another door.</summary>
    Over,
}
