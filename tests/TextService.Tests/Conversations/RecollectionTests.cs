using Museum.TextService.Conversation;
using Museum.TextService.Language;

namespace TextService.Tests.Conversations;

/// <summary>What of a long conversation is kept, and how.</summary>
public sealed class RecollectionTests
{
    private static readonly ConversationOptions Small = new() { HistoryTokens = 400, SummaryTokens = 100 };

    [Fact]
    public void A_conversation_within_its_budget_is_kept_word_for_word() =>
        Assert.Null(new Recollection(Digest.Empty, [Turn(1), Turn(2)]).Folded(Small));

    [Fact]
    public void Beyond_it_the_oldest_turns_are_folded_to_half_of_it_and_the_newest_stays_whatever_its_size()
    {
        var long12 = new Recollection(Digest.Empty, [.. Enumerable.Range(1, 12).Select(Turn)]).Folded(Small)!;
        Assert.InRange(long12.Turns.Sum(t => t.Tokens), 1, 200);
        Assert.Equal(12, long12.LastTurn);
        Assert.Equal(long12.Turns[0].Turn - 1, long12.Digest.Through);

        var huge = new Recollection(Digest.Empty, [Turn(1), Turn(2) with { Told = new string('a', 4_000) }]).Folded(Small)!;
        Assert.Equal([2L], huge.Turns.Select(t => t.Turn));
    }

    [Fact]
    public void Of_many_very_short_turns_the_oldest_are_folded_too() =>
        Assert.Equal(20, new Recollection(Digest.Empty, [.. Enumerable.Range(1, 41).Select(i => new RememberedTurn { Turn = i, Asked = "Hm", Told = "" })]).Folded(Small)!.Turns.Count);

    [Fact]
    public void The_summary_keeps_to_its_own_budget_and_gives_up_what_is_oldest()
    {
        var digest = Digest.Empty.With(Enumerable.Range(1, 30).Select(Turn), 100);
        Assert.InRange(TokenCount.Estimate(digest.Text(Tongue.En)), 20, 100);
        Assert.Contains("Question 30?", digest.Text(Tongue.En), StringComparison.Ordinal);
        Assert.DoesNotContain("Question 1?", digest.Text(Tongue.En), StringComparison.Ordinal);
        Assert.StartsWith("观众问：", digest.Text(Tongue.Zh), StringComparison.Ordinal);
        Assert.Equal(30, digest.Through);
    }

    [Fact]
    public void Folding_changes_nothing_of_where_the_visit_went()
    {
        var whole = new Recollection(Digest.Empty, [.. Enumerable.Range(1, 12).Select(Turn)]);
        var folded = whole.Folded(Small)!;
        Assert.Equal(whole.Tour.Visits, folded.Tour.Visits);
        Assert.Equal((whole.Tour.Current, whole.Tour.Row, whole.Tour.Place), (folded.Tour.Current, folded.Tour.Row, folded.Tour.Place));
    }

    [Theory]
    [InlineData("Who painted The Starry Night, and when?", 10)]
    [InlineData("《星月夜》是谁画的？", 8)]
    [InlineData("", 0)]
    public void A_texts_tokens_are_estimated_without_a_tokenizer(string text, int tokens) => Assert.InRange(TokenCount.Estimate(text), tokens - 1, tokens + 1);

    [Fact]
    public void A_text_that_is_too_long_keeps_its_beginning_or_its_end()
    {
        var text = string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}"));
        Assert.StartsWith("word0 word1", TokenCount.Beginning(text, 20), StringComparison.Ordinal);
        Assert.EndsWith("word199", TokenCount.End(text, 20), StringComparison.Ordinal);
        Assert.All([TokenCount.Beginning(text, 20), TokenCount.End(text, 20)], t => Assert.InRange(TokenCount.Estimate(t), 10, 21));
        Assert.Equal("短", TokenCount.Beginning("短", 20));
        Assert.InRange(TokenCount.Estimate(TokenCount.End(string.Concat(Enumerable.Repeat("长长的问题", 50)), 20)), 10, 21);
    }

    private static RememberedTurn Turn(int number) => new()
    {
        Turn = number,
        Asked = $"Question {number}?",
        Told = $"Answer {number} is this. " + string.Join(' ', Enumerable.Repeat("It says more of it.", 12)),
        About = [number < 6 ? "a" : "b"],
        Place = number == 3 ? new SaidPlace(2, "c") : null,
    };
}
