using Museum.VoiceCallService.Continuity;

namespace Museum.VoiceCallService.Realtime;

/// <summary>Writes what a call says, with its number where it must not be lost, and notes it in the log. Not thread-safe: the outbox has a lock.</summary>
internal sealed class MessageNumbers(TimeProvider time, CallLog? log)
{
    public string? SessionId { get; set; }

    /// <summary>Of the last message that must not be lost.</summary>
    public long Last { get; private set; }

    public void ContinueAfter(long last) => Last = last;

    /// <summary>The next of the call's messages, in the order in which they leave.</summary>
    public byte[] WriteNext<T>(string type, T payload, Worth worth, long? turn)
    {
        // Sound has the number of the message before it: it is no gap when it is missing.
        var text = Write(type, payload, worth switch { Worth.Lasting => ++Last, Worth.Sound => Last, _ => null });
        if (worth is Worth.Lasting or Worth.Sound)
        {
            log?.Note(payload, worth == Worth.Lasting ? new LoggedMessage(Last, turn, text) : null);
        }

        return text;
    }

    public byte[] Write<T>(string type, T payload, long? number = null) => Envelopes.Write(type, SessionId, payload, time.GetUtcNow().ToUnixTimeMilliseconds(), number);
}
