using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Language;
using Museum.TextService.Questions;
using Museum.TextService.Retrieval;

namespace TextService.Tests.Retrieval;

public sealed class ExhibitSearchTests
{
    [Fact]
    public void What_is_good_in_all_rankings_comes_before_what_is_first_in_one()
    {
        var fused = new ReciprocalRank().Add([1, 2, 3]).Add([4, 2, 3]).Fused(2);
        Assert.Equal(2, fused[0].Exhibit);
        Assert.All(fused, f => Assert.InRange(f.Score, 0, 1));
    }

    [Fact]
    public void The_first_place_in_every_ranking_is_worth_one() => Assert.Equal(1, new ReciprocalRank().Add([7]).Add([7], 2).Fused(3)[0].Score, 6);

    [Theory]
    [InlineData("the blue stone pharaoh wore over his bandages, with a false beard", "mask-of-tutankhamun")]
    [InlineData("一个农夫拿着干草叉，旁边站着系围裙的女人，背后是白色小木屋", "american-gothic")]
    public async Task What_is_described_is_found_and_its_score_says_how_surely(string description, string id)
    {
        var index = await MuseumContent.IndexAsync();
        var found = (await ExhibitSearch.FindAsync(Parser.Parse(description, null, [], index), index, 5, CancellationToken.None)).Exhibits;
        Assert.Equal(id, index.Exhibits[found[0].Exhibit].Id);
        Assert.All(found, f => Assert.InRange(f.Score, 0, 1));
        Assert.Equal(found.OrderByDescending(f => f.Score).Select(f => f.Exhibit), found.Select(f => f.Exhibit));
    }

    [Theory]
    [InlineData("Who painted this?", "girl-with-a-pearl-earring")]
    [InlineData("这幅画是谁画的？", "girl-with-a-pearl-earring")]
    [InlineData("这是哪一年画的？", "night-watch")]
    public async Task This_is_what_the_visitor_stands_before_whatever_was_spoken_of(string text, string inView)
    {
        var index = await MuseumContent.IndexAsync();
        var seen = index.NumberOf(inView)!.Value;
        var question = Parser.Parse(text, null, [new PastMessage(true, "Tell me about Guernica.")], index) with { Place = new Place(0, seen) };
        var evidence = await RagProcessor.RetrieveAsync(question, index, new RetrievalOptions(), CancellationToken.None);
        Assert.Equal(seen, evidence.Answer[0].Sentence.Exhibit);
    }

    [Fact]
    public async Task Of_two_that_match_alike_the_one_in_view_comes_first()
    {
        var index = await MuseumContent.IndexAsync();
        var question = Parser.Parse("a bronze sculpture by Rodin", Tongue.En, [], index);
        foreach (var id in (string[])["thinker", "burghers-of-calais"])
        {
            var seen = index.NumberOf(id)!.Value;
            var found = (await ExhibitSearch.FindAsync(question with { Place = new Place(0, seen) }, index, 3, CancellationToken.None)).Exhibits;
            Assert.Equal(seen, found[0].Exhibit);
        }
    }

    [Fact]
    public async Task What_is_below_the_threshold_is_left_out()
    {
        var index = await MuseumContent.IndexAsync();
        var question = Parser.Parse("a stern farmer with a pitchfork", null, [], index);
        var all = await ExhibitSources.BestAsync(question, index, 10, 0, CancellationToken.None);
        var best = await ExhibitSources.BestAsync(question, index, 10, all[0].Score, CancellationToken.None);
        Assert.True(all.Count > 1);
        Assert.Equal(all[0].Id, Assert.Single(best).Id);
    }
}
