using Grpc.Core;
using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests;

/// <summary>The gRPC door, through a real channel.</summary>
public sealed class GuideTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Fact]
    public async Task An_answer_streams_as_text_sentences_sources_suggestions_and_done()
    {
        var parts = await ConverseAsync(TokenIssuer.NewSession(), Start("Who painted The Starry Night and when?"));
        var deltas = string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text));
        var sentences = parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence).ToList();
        Assert.Contains("van Gogh", deltas, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, sentences.Count), sentences.Select(s => s.Sequence));
        Assert.Equal(deltas.Trim(), string.Join(' ', sentences.Select(s => s.Text)));
        Assert.All(sentences, s => Assert.Equal(["starry-night"], s.SourceIds));
        Assert.All(sentences, s => Assert.Equal("en", s.Language));
        Assert.Equal("starry-night", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
        Assert.NotEmpty(parts.Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions);
        var done = parts[^1].Done;
        Assert.Equal(sentences.Count, done.SentenceCount);
        Assert.True(done.Grounded);
        Assert.Equal(FinishReason.Complete, done.Reason);
        Assert.Equal("extraction", done.Composer);
        Assert.NotEmpty(done.ContentVersion);
    }

    [Fact]
    public async Task Each_delta_bears_the_number_of_its_sentence()
    {
        var parts = await ConverseAsync(TokenIssuer.NewSession(), Start("Tell me about The Starry Night"));
        var texts = parts.Where(p => p.KindCase == Kind.Delta).GroupBy(p => p.Delta.Sequence, p => p.Delta.Text).ToDictionary(g => g.Key, g => string.Concat(g).Trim());
        Assert.All(parts.Where(p => p.KindCase == Kind.Sentence), p => Assert.Equal(p.Sentence.Text, texts[p.Sentence.Sequence]));
    }

    [Theory]
    [InlineData("en", "Hello")]
    [InlineData("en", "Who painted The Starry Night?")]
    [InlineData("zh", "《兵马俑》是谁发现的？")]
    [InlineData("zh", "今天股市怎么样？")]
    public async Task What_the_guide_says_was_among_its_sayings(string language, string question)
    {
        var sayings = await service.Guide.SayingsAsync(new SayingsRequest { Language = language });
        Assert.Equal(sayings.Sentences.Distinct(), sayings.Sentences);
        for (var (asked, turns) = (question, 0); turns < 4; turns++)
        {
            var parts = await ConverseAsync(TokenIssuer.NewSession(), Start(asked, language: language));
            Assert.All(parts.Where(p => p.KindCase == Kind.Sentence), p => Assert.Contains(p.Sentence.Text, sayings.Sentences));
            asked = parts.Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions[0];
        }

        var again = await service.Guide.SayingsAsync(new SayingsRequest { Language = language, KnownVersion = sayings.ContentVersion });
        Assert.Equal((sayings.ContentVersion, 0), (again.ContentVersion, again.Sentences.Count));
    }

    [Fact]
    public async Task Closing_ones_own_side_does_not_interrupt()
    {
        var parts = await ConverseAsync(TokenIssuer.NewSession(), Start("《兵马俑》是谁发现的？"));
        Assert.Equal(FinishReason.Complete, parts[^1].Done.Reason);
        Assert.Equal("zh", parts[^1].Done.Language);
    }

    [Fact]
    public async Task Words_plainly_in_the_other_language_win_over_the_sessions_habit()
    {
        var chinese = await ConverseAsync(TokenIssuer.NewSession(), Start("《星月夜》是谁画的？", language: "en"));
        Assert.Equal("zh", chinese[^1].Done.Language);
        var name = await ConverseAsync(TokenIssuer.NewSession(), Start("Mona Lisa", language: "zh"));
        Assert.Equal("zh", name[^1].Done.Language);
    }

    [Fact]
    public async Task The_next_turn_knows_the_turn_before()
    {
        var session = TokenIssuer.NewSession();
        await ConverseAsync(session, Start("Who painted the Mona Lisa?", turn: 1));
        var parts = await ConverseAsync(session, Start("When was it painted?", turn: 2));
        Assert.Equal("mona-lisa", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
    }

    [Fact]
    public async Task History_that_is_sent_along_is_used_when_the_session_has_none()
    {
        var start = Start("When was it painted?");
        start.History.Add(new Message { Role = Role.Visitor, Text = "Who painted Guernica?" });
        var parts = await ConverseAsync(TokenIssuer.NewSession(), start);
        Assert.Equal("guernica", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
    }

    [Fact]
    public async Task Without_retrieval_nothing_is_looked_up()
    {
        var start = Start("Who painted the Mona Lisa?");
        start.EnableRetrieval = false;
        var parts = await ConverseAsync(TokenIssuer.NewSession(), start);
        Assert.False(parts[^1].Done.Grounded);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task An_empty_text_is_an_invalid_argument(string text)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ConverseAsync(TokenIssuer.NewSession(), Start(text)));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_an_invalid_argument()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ConverseAsync(TokenIssuer.NewSession(), Start(new string('a', 10_001))));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task A_conversation_begins_with_start()
    {
        using var call = service.Guide.Converse(service.As(TokenIssuer.NewSession()));
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt { ThroughTurn = 1 } });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).SoonAsync());
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task Without_a_token_the_door_is_shut()
    {
        using var call = service.Guide.RetrieveAsync(new RetrieveRequest { Query = "Mona Lisa" });
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.SoonAsync());
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task Retrieve_finds_the_best_exhibits_first()
    {
        var found = await service.Guide.RetrieveAsync(new RetrieveRequest { Query = "bronze vessel of the Shang dynasty", TopK = 3 }, service.As(TokenIssuer.NewSession()));
        Assert.Equal(3, found.Exhibits.Count);
        Assert.Contains(found.Exhibits, e => e.Id is "houmuwu-ding" or "four-goat-square-zun");
        Assert.Equal(found.Exhibits.Select(e => e.Score).OrderDescending(), found.Exhibits.Select(e => e.Score));
        Assert.All(found.Exhibits, e => Assert.NotEmpty(e.Quote));
    }

    [Theory]
    [InlineData("en", "Mona Lisa", "Leonardo da Vinci")]
    [InlineData("zh", "蒙娜丽莎", "列奥纳多·达·芬奇")]
    public async Task Vocabulary_has_the_names_and_sentences_of_a_language(string language, string title, string maker)
    {
        var vocabulary = await service.Guide.VocabularyAsync(new VocabularyRequest { Language = language }, service.As(TokenIssuer.NewSession()));
        Assert.Contains(title, vocabulary.Names);
        Assert.Contains(maker, vocabulary.Names);
        Assert.True(vocabulary.Sentences.Count > 1000);
        Assert.Contains(title, vocabulary.Titles);
        Assert.Contains(maker, vocabulary.Makers);
        Assert.NotEmpty(vocabulary.Materials);
        Assert.NotEmpty(vocabulary.Places);
        Assert.Subset(vocabulary.Sentences.ToHashSet(), vocabulary.Questions.ToHashSet());
    }

    [Fact]
    public async Task A_recogniser_needs_no_token_to_learn_the_words_and_is_told_when_it_knows_them_already()
    {
        var first = await service.Guide.VocabularyAsync(new VocabularyRequest { Language = "en" });
        var again = await service.Guide.VocabularyAsync(new VocabularyRequest { Language = "en", KnownVersion = first.ContentVersion });
        Assert.Equal(new VocabularyResponse { ContentVersion = first.ContentVersion }, again);
    }

    private Task<List<ConverseResponse>> ConverseAsync(string session, ConverseStart start) => service.ConverseAsync(session, start);

    private static ConverseStart Start(string text, long turn = 1, string language = "") => new() { Text = text, TurnId = turn, Language = language, EnableRetrieval = true };
}
