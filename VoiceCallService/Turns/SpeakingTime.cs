using Museum.Text.V1;

namespace Museum.VoiceCallService.Turns;

/// <summary>How long a sentence takes to be said at the least, before anybody has said it: what comes after it is needed no sooner.</summary>
internal static class SpeakingTime
{
    // The quickest of the house's voices at rate 1: 18 letters and 6 hanzi a second (./museum bench speech voices).
    private const double LetterMs = 50;
    private const double HanziMs = 150;

    /// <param name="sentence">As it is written.</param>
    /// <param name="rate">0.5–2 times the voice's own speed.</param>
    public static TimeSpan Of(Sentence sentence, double rate) =>
        TimeSpan.FromMilliseconds(sentence.Text.Sum(c => IsHanzi(c) ? HanziMs : char.IsLetterOrDigit(c) ? LetterMs : 0) / rate);

    private static bool IsHanzi(char c) => c is >= '\u3400' and <= '\u9fff';
}
