using Museum.TextService.Index;
using Museum.TextService.Language;

namespace TextService.Tests;

public sealed class ContentHolderTests
{
    [Fact]
    public async Task An_index_stays_open_until_the_last_request_that_began_with_it_is_over()
    {
        var content = await MuseumContent.IndexAsync();
        using var holder = new ContentHolder();
        holder.Swap(new ContentIndex(content.Exhibits, content.Halls, "one", 1));
        var lease = holder.Use();
        holder.Swap(new ContentIndex(content.Exhibits, content.Halls, "two", 1));
        Assert.Equal("two", holder.Version);
        Assert.Equal("one", lease.Index.Version);
        var hits = await lease.Index.FullText.ByFieldAsync(Tongue.En, ["bronz"], 3, CancellationToken.None);
        Assert.Equal(3, hits.Count);
        lease.Dispose();
    }

    [Fact]
    public async Task Work_that_outlives_the_request_it_began_with_has_a_lease_of_its_own()
    {
        var content = await MuseumContent.IndexAsync();
        var first = ContentHolder.Alone(new ContentIndex(content.Exhibits, content.Halls, "one", 1));
        var second = first.Again();
        first.Dispose();
        Assert.NotEmpty(await second.Index.FullText.ByFieldAsync(Tongue.En, ["bronz"], 3, CancellationToken.None));
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => second.Again());
    }

    [Fact]
    public async Task A_search_that_comes_too_late_fails_at_once()
    {
        var content = await MuseumContent.IndexAsync();
        var index = new ContentIndex(content.Exhibits, content.Halls, "one", 1);
        index.Dispose();
        var late = index.FullText.ByFieldAsync(Tongue.En, ["bronz"], 3, CancellationToken.None).AsTask();
        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(() => late.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData("kitten", "sitting", 3, 3)]
    [InlineData("nigth", "night", 2, 1)]
    [InlineData("starry", "stary", 2, 1)]
    [InlineData("lissa", "lisa", 2, 1)]
    [InlineData("abc", "xyz", 1, 2)]
    [InlineData("", "a", 1, 1)]
    public void Slips_are_counted(string a, string b, int limit, int distance) => Assert.Equal(distance, EditDistance.Of(a, b, limit));

    [Theory]
    [InlineData("painted", "paint")]
    [InlineData("paintings", "paint")]
    [InlineData("relational", "relat")]
    [InlineData("hopping", "hop")]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("happy", "happi")]
    [InlineData("conditional", "condit")]
    [InlineData("electricity", "electr")]
    [InlineData("replacement", "replac")]
    [InlineData("adoption", "adopt")]
    [InlineData("controll", "control")]
    [InlineData("1889", "1889")]
    public void Words_are_stemmed_as_Porter_did(string word, string stem) => Assert.Equal(stem, EnglishStemmer.Stem(word));

    [Fact]
    public void Chinese_is_cut_into_characters_and_pairs() =>
        Assert.Equal(["星", "星月", "月", "月夜", "夜", "1889"], ChineseText.Terms("星月夜1889"));
}
