using Museum.AvatarService.Sense;

namespace Museum.AvatarService.Tests;

public sealed class SenseTests
{
    [Theory]
    [InlineData("Van Gogh painted it in 1889.", "neutral", "give")]
    [InlineData("Would you like to hear more?", "curious", "give")]
    [InlineData("What a sight!", "delighted", "give")]
    [InlineData("I don't know what a ticket costs.", "sorry", "dont_know")]
    [InlineData("I’m afraid the curators wrote nothing about that.", "sorry", "dont_know")]
    [InlineData("Hello, and welcome!", "smile", "greet")]
    [InlineData("Goodbye, and enjoy your visit!", "smile", "farewell")]
    [InlineData("Look at the lower left corner.", "neutral", "point")]
    [InlineData("这幅画作于1889年。", "neutral", "give")]
    [InlineData("您想听更多吗？", "curious", "give")]
    [InlineData("多么壮观！", "delighted", "give")]
    [InlineData("这个我不知道。", "sorry", "dont_know")]
    [InlineData("你好，欢迎参观！", "smile", "greet")]
    [InlineData("再见！", "smile", "farewell")]
    [InlineData("请看左下角。", "neutral", "point")]
    [InlineData("He asked, “Who knows?”", "curious", "give")]
    [InlineData("Nobody knew why; the Hittites said hello.", "neutral", "give")]
    public void The_sense_of_a_sentence_moves_face_and_hands(string text, string expression, string action) =>
        Assert.Equal(new Bearing(expression, action), SentenceSense.Read(text));
}
