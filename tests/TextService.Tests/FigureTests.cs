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
    [InlineData("painted in eighteen eighty-nine", "1889")]
    [InlineData("born in nineteen oh five", "1905")]
    [InlineData("since nineteen hundred and five", "1905")]
    [InlineData("twenty twenty-four", "2024")]
    [InlineData("画了十年", "10")]
    [InlineData("等了十分钟", "10")]
    public void A_number_is_read_however_it_is_written(string text, string value) =>
        Assert.Contains(decimal.Parse(value, CultureInfo.InvariantCulture), FigureReader.Of(text).Select(f => f.Value));

    [Theory]
    [InlineData("千万不要碰")]
    [InlineData("一一介绍")]
    [InlineData("十分精美")]
    [InlineData("信心十足")]
    [InlineData("十字架")]
    [InlineData("十全十美")]
    [InlineData("万一下雨")]
    [InlineData("几十年")]
    public void An_idiom_claims_no_number(string text) => Assert.DoesNotContain(FigureReader.Of(text), f => f.IsClaim);

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
    [InlineData("sold for nearly 120 million dollars", "It sold for 119,922,500 dollars.", true)]
    [InlineData("sold for about one hundred and twenty million dollars", "It sold for 119,922,500 dollars.", true)]
    [InlineData("成交价近1.2亿美元", "It sold for 119,922,500 dollars.", true)]
    [InlineData("sold for 120 million dollars", "It sold for 119,922,500 dollars.", false)]
    [InlineData("sold for nearly 200 million dollars", "It sold for 119,922,500 dollars.", false)]
    [InlineData("painted around 1900", "from the year 1889", false)]
    [InlineData("in the eighteen eighties", "from the year 1889", true)]
    [InlineData("in the eighteen seventies", "from the year 1889", false)]
    [InlineData("the three of them walk", "some people walk", true)]
    [InlineData("fifteen people walk", "some people walk", false)]
    public void A_claim_needs_a_passage_that_says_the_same(string claim, string passage, bool stands) => Assert.Equal(
        stands, FigureReader.Of(claim).TrueForAll(f => !f.IsClaim || FigureReader.Of(passage).Exists(f.IsBorneOutBy)));
}
