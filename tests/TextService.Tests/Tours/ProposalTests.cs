using Museum.TestKit;
using Museum.Text.V1;
using TextService.Tests.Conversations;

namespace TextService.Tests.Tours;

/// <summary>How the guide proposes to go on, and what a yes to it means.</summary>
public sealed class ProposalTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Fact]
    public async Task After_three_questions_to_one_work_the_answer_ends_with_an_invitation_and_a_suggestion_that_leads_there()
    {
        var session = TokenIssuer.NewSession();
        await AskAsync(session, 1, "Who painted the Mona Lisa?");
        Assert.False((await AskAsync(session, 2, "When was it painted?")).TourOf().Propose);
        var parts = await AskAsync(session, 3, "Where is it now?");
        var next = parts.TourOf().Next[0];
        var sentences = parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence).ToList();
        Assert.EndsWith(next.Invitation, string.Join(' ', sentences.Select(s => s.Text)), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, sentences.Count), sentences.Select(s => s.Sequence));
        Assert.Equal(sentences.Count, parts[^1].Done.SentenceCount);
        Assert.Equal(string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text)).Trim(), string.Join(' ', sentences.Select(s => s.Text)));
        Assert.Contains(parts.Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions, q => parts.TourOf().Next.Any(n => n.Question == q));
    }

    [Theory]
    [InlineData("Yes, please!", "en")]
    [InlineData("Okay, let’s go", "en")]
    [InlineData("好的，带我去", "zh")]
    public async Task Who_says_yes_is_told_about_what_was_proposed(string yes, string language)
    {
        var session = TokenIssuer.NewSession();
        await AskAsync(session, 1, "Who painted the Mona Lisa?");
        var next = (await AskAsync(session, 2, "Thanks!")).TourOf();
        Assert.True(next.Propose);
        var parts = await AskAsync(session, 3, yes);
        Assert.Equal((next.Next[0].ExhibitId, language), (parts.SourceOf(), parts[^1].Done.Language));
    }

    [Theory]
    [InlineData("Where should I go next?", "Yes please")]
    [InlineData("What next?", "ok")]
    [InlineData("接下来看什么？", "好的")]
    [InlineData("推荐一条路线", "走吧")]
    public async Task Who_asks_where_to_go_is_told_the_next_stop_and_may_say_yes_to_it(string ask, string yes)
    {
        var session = TokenIssuer.NewSession();
        await AskAsync(session, 1, "Who painted the Mona Lisa?");
        var parts = await AskAsync(session, 2, ask);
        var next = parts.TourOf().Next[0];
        Assert.Equal(next.Invitation, string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text)));
        Assert.Equal(next.ExhibitId, (await AskAsync(session, 3, yes)).SourceOf());
    }

    [Fact]
    public async Task Who_has_not_begun_and_asks_where_to_go_is_told_what_there_is()
    {
        var parts = await AskAsync(TokenIssuer.NewSession(), 1, "Where should we go next?");
        Assert.Contains("Sculpture", string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text)), StringComparison.Ordinal);
        Assert.Empty(parts.TourOf().Next);
    }

    [Fact]
    public async Task A_yes_to_nothing_and_a_yes_with_a_question_are_what_they_say()
    {
        var session = TokenIssuer.NewSession();
        Assert.Null((await AskAsync(session, 1, "Yes, please!")).SourceOf());
        await AskAsync(session, 2, "Who painted the Mona Lisa?");
        await AskAsync(session, 3, "Thanks!");
        Assert.Equal("scream", (await AskAsync(session, 4, "Yes, but who painted The Scream?")).SourceOf());
    }

    [Fact]
    public async Task What_is_proposed_to_one_visitor_is_not_said_to_another()
    {
        var first = TokenIssuer.NewSession();
        foreach (var (ask, turn) in new[] { ("Who painted Guernica?", 1), ("When was Guernica painted?", 2), ("How big is Guernica?", 3) })
        {
            await AskAsync(first, turn, ask);
        }

        var other = await AskAsync(TokenIssuer.NewSession(), 1, "How big is Guernica?");
        Assert.DoesNotContain(other, p => p.KindCase == Kind.Sentence && p.Sentence.Text.StartsWith("If you like", StringComparison.Ordinal));
    }

    private Task<List<ConverseResponse>> AskAsync(string session, long turn, string text) => service.ConverseAsync(session, Remembering.Start(text, turn));
}
