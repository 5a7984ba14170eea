using Museum.TextService.Answers;
using Museum.TextService.Language;
using Museum.TextService.Questions;

namespace TextService.Tests;

/// <summary>What is said of the house itself, and what is suggested.</summary>
public sealed class WordingTests(SharedService shared) : IClassFixture<SharedService>
{
    [Theory]
    [InlineData("What can you do?", "72", "Sculpture")]
    [InlineData("你能做什么？", "72", "雕塑")]
    [InlineData("What is in hall 6?", "Books and writing", "works")]
    [InlineData("6号展厅有什么？", "书籍与文字", "《")]
    public async Task Questions_about_the_house_are_answered_from_the_content(string ask, params string[] words)
    {
        var answer = await shared.Service.AskAsync(ask);
        Assert.True((bool)answer["grounded"]!);
        Assert.All(words, w => Assert.Contains(w, (string?)answer["answer"], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hello!", "Hello. I’m the guide.")]
    [InlineData("你好", "你好，我是向导。")]
    [InlineData("Thanks a lot", "You’re welcome.")]
    [InlineData("再见", "再见")]
    public async Task A_greeting_is_returned_and_not_looked_up(string ask, string words)
    {
        var answer = await shared.Service.AskAsync(ask);
        Assert.StartsWith(words, (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Empty(answer["sources"]!.AsArray());
    }

    [Fact]
    public async Task What_was_asked_is_not_suggested_again()
    {
        var index = await MuseumContent.IndexAsync();
        var suggested = index.Exhibits.Single(e => e.Id == "mona-lisa").Suggested.En;
        PastMessage[] history = [new(true, suggested[0])];
        var (question, evidence, _) = await MuseumContent.AskAsync(suggested[1], null, history);
        var picked = SuggestionPicker.Pick(question, [.. evidence.Answer.Select(c => c.Sentence.Exhibit)], index);
        Assert.Equal(suggested[2], picked[0]);
        Assert.DoesNotContain(suggested[0], picked);
        Assert.DoesNotContain(suggested[1], picked);
        Assert.Equal(3, picked.Count);
    }

    [Fact]
    public async Task No_question_is_offered_that_the_texts_do_not_answer()
    {
        var index = await MuseumContent.IndexAsync();
        for (var i = 0; i < index.Exhibits.Count; i++)
        {
            foreach (var ask in Tongues.All.SelectMany(t => index.Offered[i][t]))
            {
                var (_, evidence, _) = await MuseumContent.AskAsync(ask);
                Assert.True(evidence.Grounded, ask);
                Assert.Equal(i, evidence.Answer[0].Sentence.Exhibit);
            }
        }
    }

    [Fact]
    public async Task Of_the_curators_suggestions_at_least_nine_in_ten_are_offered_and_every_exhibit_has_one()
    {
        var index = await MuseumContent.IndexAsync();
        Assert.All(Tongues.All, t => Assert.All(index.Offered, o => Assert.NotEmpty(o[t])));
        var offered = Tongues.All.Sum(t => index.Offered.Sum(o => o[t].Count));
        Assert.InRange(offered, 0.9 * Tongues.All.Sum(t => index.Exhibits.Sum(e => e.Suggested[t].Count)), double.MaxValue);
    }
}
