using Museum.AudioService.Espeak;
using Museum.AudioService.Text;

namespace Museum.AudioService.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData(0, "零")]
    [InlineData(10, "十")]
    [InlineData(19, "十九")]
    [InlineData(20, "二十")]
    [InlineData(101, "一百零一")]
    [InlineData(110, "一百一十")]
    [InlineData(1_006, "一千零六")]
    [InlineData(10_006, "一万零六")]
    [InlineData(10_600, "一万零六百")]
    [InlineData(100_000, "十万")]
    [InlineData(1_000_000, "一百万")]
    [InlineData(120_003_000, "一亿二千万三千")]
    [InlineData(200, "二百")]
    [InlineData(2_200, "两千二百")]
    [InlineData(20_000, "两万")]
    [InlineData(22_000, "两万二千")]
    public void Chinese_numbers(long number, string spoken) =>
        Assert.Equal(spoken, ChineseNumbers.Count(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("", "en")]
    [InlineData("…", "en")]
    [InlineData("《》——", "zh")]
    public void What_holds_nothing_to_say_says_nothing(string text, string language) =>
        Assert.Empty(EspeakScript.Write(text, language, Engines.Options.Value.Espeak.Voices));

    [Fact]
    public void Spoken_parts_know_their_place_in_the_written_text()
    {
        const string written = "«Fabergé», c. 1889.";
        var spoken = EnglishText.Prepare(written)!;
        var (start, length) = spoken.Locate(spoken.Text.IndexOf("eighty", StringComparison.Ordinal), 6);
        Assert.Equal("1889", written.Substring(start, length));
        (start, length) = spoken.Locate(spoken.Text.IndexOf("Faberge", StringComparison.Ordinal), 7);
        Assert.Equal("Fabergé", written.Substring(start, length));
    }
}
