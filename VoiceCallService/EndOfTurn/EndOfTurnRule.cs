namespace Museum.VoiceCallService.EndOfTurn;

/// <summary>
/// How much silence ends a turn, by the words heard so far: short when they are complete in sense, long when more must come. It errs on
/// the side of waiting: who is cut off is annoyed by more than half a second.
/// </summary>
internal sealed class EndOfTurnRule(EndOfTurnOptions options)
{
    /// <param name="hypothesis">As a recogniser writes it, with or without capitals and punctuation; "": nothing was heard yet.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public TimeSpan SilenceAfter(string hypothesis, string language) => Judge(hypothesis, language) switch
    {
        Sense.Complete => options.Min,
        Sense.Unfinished => options.Unfinished,
        Sense.Hesitating => options.Max,
        _ => options.Default,
    };

    /// <summary>What the words say of those to come.</summary>
    public static Sense Judge(string hypothesis, string language)
    {
        var text = hypothesis.Trim();
        return text.Length == 0 ? Sense.Unknown : language == "zh" ? ChineseSense.Of(text) : EnglishSense.Of(text);
    }
}
