using Museum.Text.V1;
using Museum.VoiceCallService.Turns;

namespace Museum.VoiceCallService.Tests;

/// <summary>Never longer than the sentence really takes: what comes after it would be late.</summary>
public sealed class SpeakingTimeTests
{
    [Theory]
    [InlineData("It hangs in New York.", 1, 800)]
    [InlineData("It hangs in New York.", 2, 400)]
    [InlineData("《星月夜》是梵高在1889年画的。", 1, 1_700)]
    [InlineData("…", 1, 0)]
    public void A_sentence_takes_50_ms_a_letter_and_150_ms_a_character_at_the_least(string text, double rate, double milliseconds) =>
        Assert.Equal(milliseconds, SpeakingTime.Of(new Sentence { Text = text }, rate).TotalMilliseconds, 1e-6);
}
