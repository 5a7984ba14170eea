using Museum.AudioService.Espeak;
using Museum.AudioService.Text;

namespace Museum.AudioService.Tests;

public sealed class TextTests
{
    [Theory]
    [InlineData("It was painted in 1889, in June.", "It was painted in eighteen eighty nine, in June.")]
    [InlineData("c. 1503", "around fifteen oh three")]
    [InlineData("ca. 1900", "around nineteen hundred")]
    [InlineData("from 1503–1506", "from fifteen oh three to fifteen oh six")]
    [InlineData("1806–07", "eighteen oh six to oh seven")]
    [InlineData("the 1890s", "the eighteen nineties")]
    [InlineData("in 2000 and 2005 and 2019", "in two thousand and two thousand five and twenty nineteen")]
    [InlineData("196 BC", "one ninety six B C")]
    [InlineData("AD 79", "A D 79")]
    [InlineData("the 5th c. BCE", "the 5th century B C E")]
    [InlineData("73.7 × 92.1 cm", "73.7 by 92.1 centimeters")]
    [InlineData("5.17 m tall, 40 kg, 21 °C", "5.17 meters tall, 40 kilograms, 21 degrees Celsius")]
    [InlineData("Louis XIV and Ramesses II", "Louis the fourteenth and Ramesses the second")]
    [InlineData("World War II", "World War II")]
    [InlineData("**The Kiss** by [Klimt](https://x.example/k) [2]", "The Kiss  by Klimt ")]
    [InlineData("Laocoön, Ötzi, Fabergé — it’s “art”", "Laocoon, Otzi, Faberge , it's art")]
    [InlineData("It weighs 3,200 tonnes, e.g. 1500 kg", "It weighs 3,200 tonnes, for example 1500 kilograms")]
    [InlineData("€450 million", "450 million euros")]
    public void English_is_written_out_as_it_is_said(string written, string spoken) =>
        Assert.Equal(spoken.Replace("  ", " ").Trim(), EnglishText.Prepare(written)!.Text.Replace("  ", " ").Trim());

    [Theory]
    [InlineData("1889年", "一八八九年")]
    [InlineData("公元前196年", "公元前一百九十六年")]
    [InlineData("公元前1754年", "公元前一七五四年")]
    [InlineData("1503—1506年", "一五零三年至一五零六年")]
    [InlineData("73.7厘米 × 92.1厘米", "七十三点七厘米乘九十二点一厘米")]
    [InlineData("高5.17米，重832.84公斤", "高五点一七米，重八百三十二点八四公斤")]
    [InlineData("19世纪80年代", "十九世纪八十年代")]
    [InlineData("距今3200年", "距今三千二百年")]
    [InlineData("2件，12,006人", "两件，一万二千零六人")]
    [InlineData("占20%", "占百分之二十")]
    [InlineData("《星月夜》（1889年）", "星月夜，一八八九年")]
    [InlineData("18cm", "十八厘米")]
    public void Chinese_is_written_out_as_it_is_said(string written, string spoken) =>
        Assert.Equal(spoken, ChineseText.Prepare(written)!.Text);

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
    public void Chinese_numbers(long number, string spoken) =>
        Assert.Equal(spoken, ChineseNumbers.Count(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("音乐", "yin1 yue4")]
    [InlineData("银行", "hang2")]
    [InlineData("重新", "chong2")]
    [InlineData("王冠", "guan1")]
    [InlineData("佛像", "fo2")]
    public void Characters_with_several_readings_get_the_one_of_their_word(string word, string reading) =>
        Assert.Contains(reading, EspeakScript.Write(word, "zh", Engines.Options.Value.Espeak.Voices)[0].Text.Text.Replace("  ", " "), StringComparison.Ordinal);

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
