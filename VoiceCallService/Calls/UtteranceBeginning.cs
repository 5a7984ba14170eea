using Museum.VoiceCallService.Hearing;

namespace Museum.VoiceCallService.Calls;

/// <summary>
/// Where in a microphone's sound an utterance begins:
/// <code>
/// onset                      before its first sound, by the pre-roll: first syllables are soft
/// an echo that is none       it stays as it is when it is short: the beginning of a voice is easily taken for the guide's
/// somebody over the echo     anew, from when the echo was no longer alone: who listens shall hear the visitor, and not the guide
/// </code>
/// Not thread-safe: the call handles one thing after the other.
/// </summary>
internal sealed class UtteranceBeginning(EchoWatch? echo, CancellationToken callEnds)
{
    /// <summary>It takes at most so long to be sure that somebody speaks over the guide's echo: 700 ms.</summary>
    private const int OverEcho = UtteranceAudio.SampleRate * 7 / 10;

    private readonly LookBack lookBack = new();
    private readonly short[] lastSecond = new short[LookBack.Samples];

    /// <summary>What the microphone has sent.</summary>
    public void Add(ReadOnlySpan<short> samples) => lookBack.Add(samples);

    /// <param name="atSample">Counted from the call's beginning.</param>
    public CallUtterance Begin(long atSample)
    {
        var utterance = new CallUtterance(atSample, callEnds) { EchoIsUnlikely = echo?.IsUnlikely == true };
        utterance.Audio.Append(lastSecond.AsSpan(0, lookBack.Read(atSample, lastSecond)));
        return utterance;
    }

    /// <summary>Asks whether it is the guide's echo.</summary>
    /// <param name="utterance">That the visitor seems to say.</param>
    /// <param name="voiced">How long somebody or something has spoken in it, pauses left out.</param>
    /// <param name="certain">For how much of that it is beyond doubt.</param>
    /// <returns>Another one that takes its place: what it was before was the echo.</returns>
    public CallUtterance Examine(CallUtterance utterance, TimeSpan voiced, TimeSpan certain)
    {
        var wasEcho = utterance.IsEcho;
        echo?.Listen(utterance, lookBack);
        var isSpeechAfterAll = wasEcho && !utterance.IsEcho && !utterance.EchoIsUnlikely;
        if (!isSpeechAfterAll || lookBack.Total - utterance.BeganAt <= LookBack.Samples)
        {
            return utterance;
        }

        var over = Begin(lookBack.Total - OverEcho);
        over.IsConfirmed = true;
        var kept = TimeSpan.FromSeconds((double)OverEcho / UtteranceAudio.SampleRate);
        (over.VoicedBefore, over.CertainBefore) = (voiced - kept, certain > kept ? certain - kept : TimeSpan.Zero);
        return over;
    }
}
