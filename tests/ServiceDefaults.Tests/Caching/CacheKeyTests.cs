using Museum.ServiceDefaults.Caching;

namespace Museum.ServiceDefaults.Tests.Caching;

public sealed class CacheKeyTests
{
    [Fact]
    public void Equal_parts_make_equal_keys()
    {
        var (a, b) = (CacheKey.Of(("text", "Who?"), ("language", "en")), CacheKey.Of(("text", "Who?"), ("language", "en")));
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Matches("^[0-9a-f]{64}$", a.ToString());
        Assert.Equal(a.ToString(), b.ToString());
    }

    public static TheoryData<string, string?, string, string?> Others => new()
    {
        { "text", "Who?", "language", "zh" },
        { "text", "Who?", "tongue", "en" },
        { "text", "Who?", "language", null },
        { "text", "Who?", "language", "" },
        { "text", null, "language", "en" },
        { "text", "Who?l", "anguage", "en" },
        { "text", "", "Who?language", "en" },
        { "language", "en", "text", "Who?" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Any_other_name_or_value_makes_another_key(string first, string? value, string second, string? last) =>
        Assert.NotEqual(CacheKey.Of(("text", "Who?"), ("language", "en")), CacheKey.Of((first, value), (second, last)));

    [Fact]
    public void A_long_text_counts_to_its_end()
    {
        var text = new string('星', 5_000);
        Assert.Equal(CacheKey.Of(("text", text)), CacheKey.Of(("text", text)));
        Assert.NotEqual(CacheKey.Of(("text", text)), CacheKey.Of(("text", text[1..] + "月")));
    }
}
