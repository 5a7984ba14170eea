using Museum.TextService.Answers;
using Museum.TextService.Index;
using Museum.TextService.Questions;
using Xunit.Abstractions;

namespace TextService.Tests;

/// <summary>How much is said to a question that one sentence would answer.</summary>
public sealed class AnswerLengthTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("When was The Starry Night painted?", "1889")]
    [InlineData("《星月夜》是哪一年画的？", "1889")]
    public async Task An_answer_begins_with_what_was_asked_and_goes_on_to_three_sentences_of_the_same_exhibit(string ask, string fact)
    {
        var answer = await AnswerAsync(ask, new RetrievalOptions());
        Assert.Equal(3, answer.Count);
        Assert.Contains(fact, answer[0].Text, StringComparison.Ordinal);
        Assert.Single(answer.Select(s => s.Exhibit).Distinct());
        Assert.Equal(answer.Count, answer.Distinct().Count());
    }

    [Fact]
    public async Task Nothing_is_added_that_points_back_at_something_else()
    {
        var index = await MuseumContent.IndexAsync();
        for (var exhibit = 0; exhibit < index.Exhibits.Count; exhibit++)
        {
            var ask = $"Who made {index.Exhibits[exhibit].Title.En}?";
            var asked = await AnswerAsync(ask, new RetrievalOptions { FewestSentences = 1 });
            Assert.DoesNotContain((await AnswerAsync(ask, new RetrievalOptions())).Except(asked), s => s.Has(Traits.PointsBack));
        }
    }

    [Fact]
    public async Task Three_sentences_seldom_begin_all_alike()
    {
        var index = await MuseumContent.IndexAsync();
        var alike = 0;
        foreach (var exhibit in index.Exhibits)
        {
            var beginnings = (await AnswerAsync($"Who made {exhibit.Title.En}?", new RetrievalOptions())).Select(s => s.Folded[..Math.Min(8, s.Folded.Length)]).ToList();
            alike += beginnings.Count == 3 && beginnings.Distinct().Count() == 1 ? 1 : 0;
        }

        output.WriteLine($"{alike} of {index.Exhibits.Count}");
        Assert.True(alike <= index.Exhibits.Count / 4, $"{alike} of {index.Exhibits.Count} begin with the same words three times");
    }

    [Fact]
    public async Task Where_only_what_was_asked_is_wanted_no_more_is_said()
    {
        Assert.Single(await AnswerAsync("When was The Starry Night painted?", new RetrievalOptions { FewestSentences = 1 }));
    }

    private static async Task<List<IndexedSentence>> AnswerAsync(string ask, RetrievalOptions options)
    {
        var index = await MuseumContent.IndexAsync();
        var evidence = await RagProcessor.RetrieveAsync(Parser.Parse(ask, null, [], index), index, options, CancellationToken.None);
        return [.. evidence.Answer.Select(c => c.Sentence)];
    }
}
