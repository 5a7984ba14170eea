using Museum.VoiceCallService.BargeIn;

namespace Museum.VoiceCallService.Tests.BargeIn;

public sealed class SpeechContentTests
{
    [Theory]
    [InlineData("mhm", "en")]
    [InlineData("Mm-hmm.", "en")]
    [InlineData("uh-huh", "en")]
    [InlineData("uh huh", "en")]
    [InlineData("ok", "en")]
    [InlineData("Okay, right.", "en")]
    [InlineData("yeah", "en")]
    [InlineData("i see", "en")]
    [InlineData("oh I see, right", "en")]
    [InlineData("that's interesting", "en")]
    [InlineData("嗯", "zh")]
    [InlineData("嗯嗯嗯", "zh")]
    [InlineData("好的", "zh")]
    [InlineData("对对对", "zh")]
    [InlineData("哦，原来如此。", "zh")]
    [InlineData("ok", "zh")]
    public void Who_says_mhm_wants_to_go_on_listening(string heard, string language) => Assert.Equal(SpeechWorth.Backchannel, SpeechContent.Weigh(heard, language));

    [Theory]
    [InlineData("", "en")]
    [InlineData("the", "en")]
    [InlineData("in the", "en")]
    [InlineData("um", "en")]
    [InlineData("hut", "en")]
    [InlineData("who", "en")]
    [InlineData("[NOISE] <sil>", "en")]
    [InlineData("++cough++", "en")]
    [InlineData("呃", "zh")]
    [InlineData("的", "zh")]
    [InlineData("库", "zh")]
    public void What_a_recogniser_makes_of_a_cough_is_nothing(string heard, string language) => Assert.Equal(SpeechWorth.Nothing, SpeechContent.Weigh(heard, language));

    [Theory]
    [InlineData("stop", "en")]
    [InlineData("Wait!", "en")]
    [InlineData("no", "en")]
    [InlineData("ok stop", "en")]
    [InlineData("hold on", "en")]
    [InlineData("excuse me", "en")]
    [InlineData("monet", "en")]
    [InlineData("who painted this", "en")]
    [InlineData("yeah but who was he married to", "en")]
    [InlineData("what about the sunflowers", "en")]
    [InlineData("thank you", "en")]
    [InlineData("停", "zh")]
    [InlineData("等一下", "zh")]
    [InlineData("好的，下一个", "zh")]
    [InlineData("这是谁画的", "zh")]
    [InlineData("嗯那向日葵呢", "zh")]
    [InlineData("别说了", "zh")]
    public void Words_with_content_and_words_that_command_interrupt(string heard, string language) => Assert.Equal(SpeechWorth.Words, SpeechContent.Weigh(heard, language));
}
