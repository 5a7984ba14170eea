using System.Globalization;
using Museum.TextService.Grounding;

namespace TextService.Tests;

/// <summary>The numbers of a text, in digits and words, English and Chinese, and what bears them out.</summary>
public sealed class FigureTests
{
    [Theory]
    [InlineData("It is 73.7 cm high.", "73.7")]
    [InlineData("It sold for 119,922,500 dollars.", "119922500")]
    [InlineData("About 2.5 million people came.", "2500000")]
    [InlineData("Two hundred and six bones", "206")]
    [InlineData("twenty-one panels", "21")]
    [InlineData("一百六十米长", "160")]
    [InlineData("一八八九年", "1889")]
    [InlineData("两千三百年前", "2300")]
    [InlineData("约200万人", "2000000")]
    [InlineData("三万两千", "32000")]
    public void A_number_is_read_however_it_is_written(string text, string value) =>
        Assert.Contains(decimal.Parse(value, CultureInfo.InvariantCulture), FigureReader.Of(text).Select(f => f.Value));

    [Theory]
    [InlineData("千万不要碰")]
    [InlineData("一一介绍")]
    public void An_idiom_is_no_number(string text) => Assert.Empty(FigureReader.Of(text));

    [Theory]
    [InlineData("painted in 1889", "from the year 1889", true)]
    [InlineData("painted in 1888", "from the year 1889", false)]
    [InlineData("from the 19th century", "from the year 1889", true)]
    [InlineData("from the nineteenth century", "画于1889年", true)]
    [InlineData("十九世纪的画", "painted in 1889", true)]
    [InlineData("from the 18th century", "from the year 1889", false)]
    [InlineData("in the 1880s", "from the year 1889", true)]
    [InlineData("in the 1870s", "from the year 1889", false)]
    [InlineData("about 74 centimetres", "73.7 centimetres", true)]
    [InlineData("about 75 centimetres", "73.7 centimetres", false)]
    [InlineData("全长160米", "about one hundred and sixty metres", true)]
    [InlineData("the three of them walk", "some people walk", true)]
    [InlineData("fifteen people walk", "some people walk", false)]
    public void A_claim_needs_a_passage_that_says_the_same(string claim, string passage, bool stands) => Assert.Equal(
        stands, FigureReader.Of(claim).TrueForAll(f => !f.IsClaim || FigureReader.Of(passage).Exists(f.IsBorneOutBy)));
}
