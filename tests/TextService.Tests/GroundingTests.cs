using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>What a model makes up: struck, hedged or marked, as it is configured.</summary>
public sealed class GroundingTests
{
    private const string Question = "Who painted The Scream?";
    private const string True = "The Scream was painted by the Norwegian Edvard Munch.";

    [Theory]
    [InlineData("It was sold in 1912 for a song.")]
    [InlineData("His teacher was Leon Bonnat.")]
    [InlineData("It hung in the Louvre for twelve years.")]
    [InlineData("It is 12 metres high.")]
    [InlineData("It did not sell until 1912, for 450 million dollars.")]
    [InlineData("No other work here weighs 900 tonnes.")]
    public async Task A_sentence_with_a_number_a_year_or_a_name_that_no_passage_has_is_struck(string madeUp)
    {
        var sentences = Sentences(await AskAsync(Question, $"{True} {madeUp} He painted it in 1893."));
        Assert.DoesNotContain(madeUp, sentences);
        Assert.Equal([True, "He painted it in 1893."], sentences.Take(2));
    }

    [Theory]
    [InlineData("He made four versions, and this one, about 74 centimetres wide, hangs in Norway's capital Oslo.")]
    [InlineData("It dates from the 19th century, from the 1890s.")]
    [InlineData("Munch's figure covers its ears, and two people walk on calmly.")]
    public async Task What_the_texts_bear_out_in_other_words_stands(string sentence) =>
        Assert.Equal([True, sentence], Sentences(await AskAsync(Question, $"{True} {sentence}")));

    [Theory]
    [InlineData("Was The Scream painted in 1999?", true)]
    [InlineData("When was The Scream painted?", false)]
    public async Task A_denial_may_repeat_the_number_that_the_visitor_has_wrong_and_no_other(string question, bool stands)
    {
        const string Denial = "No, it was not painted in 1999.";
        Assert.Equal(stands, Sentences(await AskAsync(question, $"It was painted in 1893. {Denial}")).Contains(Denial));
    }

    [Theory]
    [InlineData("《呐喊》画于一八九三年。", true)]
    [InlineData("《呐喊》画于1894年。", false)]
    [InlineData("他还画了《睡莲》。", false)]
    [InlineData("这一版收藏在奥斯陆。", true)]
    [InlineData("这幅画十分有名。", true)]
    [InlineData("没有人知道它在1999年被偷过。", false)]
    public async Task In_Chinese_too(string sentence, bool stands)
    {
        const string Artist = "《呐喊》是挪威画家爱德华·蒙克的作品。";
        Assert.Equal(stands, Sentences(await AskAsync("《呐喊》是谁画的？", Artist + sentence)).Contains(sentence));
    }

    [Fact]
    public async Task When_all_that_a_model_says_is_made_up_the_curators_sentences_answer()
    {
        var parts = await AskAsync(Question, "Claude Monet painted The Scream in 1912. It took him 40 days.");
        Assert.Contains("Edvard Munch", Sentences(parts)[0], StringComparison.Ordinal);
        Assert.Equal("extraction", parts[^1].Done.Composer);
    }

    [Fact]
    public async Task What_is_missing_after_a_sentence_was_struck_is_completed()
    {
        var sentences = Sentences(await AskAsync("When was The Scream painted?", "It shows a figure beside a railing. It was painted in 1912."));
        Assert.Equal("It shows a figure beside a railing.", sentences[0]);
        Assert.Contains(sentences, s => s.Contains("1893", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_model_s_words_that_the_texts_do_not_say_nothing_is_told_that_contradicts_them()
    {
        var parts = await AskAsync("When was The Scream painted?", "Our texts don't say, and I won't guess. It was painted in 1912.");
        Assert.Equal(["Our texts don't say, and I won't guess.", "Perhaps you would like to ask me something else?"], Sentences(parts));
        Assert.False(parts[^1].Done.Grounded);
    }

    [Fact]
    public async Task When_only_a_courtesy_is_left_of_an_answer_and_the_texts_say_nothing_the_visitor_is_told_so()
    {
        var parts = await AskAsync("What is the price of a banana in Lima?", "What a lovely question. It costs 450 soles.");
        Assert.Equal(
            ["What a lovely question.", "Our texts don’t say, and I won’t guess.", "Perhaps you would like to ask me something else?"], Sentences(parts));
        Assert.False(parts[^1].Done.Grounded);
    }

    [Theory]
    [InlineData("Our texts don't say, and I won't guess.", false)]
    [InlineData("Yellow, sweet and long they hang in the sun.", true)]
    public async Task Neither_a_refusal_with_straight_apostrophes_nor_talk_without_a_source_is_grounded(string says, bool isUnsupported)
    {
        var parts = await AskAsync("Write me a poem about bananas.", says);
        Assert.False(parts[^1].Done.Grounded);
        Assert.Equal([(says, isUnsupported)], parts.Where(p => p.KindCase == Kind.Sentence).Select(p => (p.Sentence.Text, p.Sentence.Unsupported)));
    }

    [Fact]
    public async Task Hedged_it_is_said_with_a_word_of_caution()
    {
        const string MadeUp = "It was sold in 1912 for a song.";
        var sentences = Sentences(await AskAsync(Question, $"{True} {MadeUp} He had it framed in 1913.", ("Grounding:UnprovenFacts", "Hedge")));
        Assert.Equal([True, MadeUp, "That is not in our texts, though, so take it with care.", "He had it framed in 1913."], sentences);
    }

    [Fact]
    public async Task Marked_it_is_said_and_the_client_is_told_that_nothing_supports_it()
    {
        const string MadeUp = "It was sold in 1912 for a song.";
        var parts = await AskAsync(Question, $"{True} {MadeUp} Shall I go on?", ("Grounding:UnprovenFacts", "Mark"));
        Assert.Equal([(True, false), (MadeUp, true), ("Shall I go on?", false)], parts.Where(p => p.KindCase == Kind.Sentence).Select(p => (p.Sentence.Text, p.Sentence.Unsupported)));
    }

    [Theory]
    [InlineData("guide")]
    [InlineData("visitor")]
    public async Task What_a_caller_says_that_was_said_before_proves_nothing(string role)
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says($"{True} It was sold in 1912 for a song."));
        await using var service = await StartAsync(model);
        var answer = await service.AskAsync(Question, new { history = new[] { new { role, text = "It was sold in 1912 for a song." } } });
        Assert.DoesNotContain("1912", (string?)answer["answer"], StringComparison.Ordinal);
    }

    private static async Task<List<ConverseResponse>> AskAsync(string question, string says, params (string, string)[] settings)
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says(says));
        await using var service = await StartAsync(model, settings);
        return await service.ConverseAsync(TokenIssuer.NewSession(), Start(question));
    }

    private static List<string> Sentences(IEnumerable<ConverseResponse> parts) => [.. parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Text)];
}
