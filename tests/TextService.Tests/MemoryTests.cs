using Museum.ServiceDefaults.Memory;
using Museum.TestKit;
using Museum.Text.V1;
using Museum.TextService.Conversation;
using TextService.Tests.Conversations;

namespace TextService.Tests;

/// <summary>What a session remembers, with a real Redis and without.</summary>
public sealed class MemoryTests
{
    private static readonly string[] Words = ["apple", "pear", "plum", "fig", "cherry", "grape", "melon", "lemon", "lime", "mango", "quince", "peach", "apricot"];
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("It says more of it.", 12));

    [Fact]
    public async Task Another_replica_knows_what_was_said()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var first = await Remembering.StartAsync(redis);
        await using var second = await Remembering.StartAsync(redis);
        var session = TokenIssuer.NewSession();
        await first.ConverseAsync(session, Start("Who painted the Mona Lisa?", 1));
        var parts = await second.ConverseAsync(session, Start("When was it painted?", 2));
        Assert.Equal("mona-lisa", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
    }

    [Fact]
    public async Task With_Redis_gone_answers_and_memory_go_on()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("ConnectionStrings:redis", redis.ConnectionString));
        await service.CapabilityAsync("store", "ok");
        var session = TokenIssuer.NewSession();
        await service.ConverseAsync(session, Start("Who painted the Mona Lisa?", 1));
        redis.Stop();
        var parts = await service.ConverseAsync(session, Start("When was it painted?", 2));
        Assert.Equal("mona-lisa", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
    }

    [Fact]
    public async Task Only_what_was_heard_is_remembered()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("The Scream is by Munch. Guernica is by Picasso."), ScriptedModel.Says("Yes."));
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Llm:BaseUrl", model.BaseUrl), ("Llm:Model", "scripted"));
        var session = TokenIssuer.NewSession();
        await service.ConverseAsync(session, Start("Tell me about two pictures", 1));
        var next = Start("And then?", 2);
        next.Heard.Add(new Heard { TurnId = 1, Text = "The Scream is by Munch." });
        await service.ConverseAsync(session, next);
        var messages = model.Requests.Last()["messages"]!.AsArray().Select(m => (string?)m!["content"]).ToList();
        Assert.Equal(["Tell me about two pictures", "The Scream is by Munch.", "And then?"], messages[1..]);
    }

    [Fact]
    public void Of_an_answer_that_was_interrupted_while_it_was_written_what_it_told_about_is_known()
    {
        var record = new AnswerRecord();
        record.Add(new AnswerPart.Sentence("It was painted in 1889.", 0, Museum.TextService.Language.Tongue.En, ["starry-night"]));
        record.Add(new AnswerPart.Sentence("It hangs in New York.", 1, Museum.TextService.Language.Tongue.En, ["starry-night"]));
        Assert.Equal(["starry-night"], record.AboutIds(Museum.TextService.Index.ContentIndex.Empty));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_visitor_may_not_have_finished_asking_is_remembered_once_the_caller_confirms_it(bool confirms)
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        var session = TokenIssuer.NewSession();
        var start = Start("Who painted the Mona Lisa?", 1);
        start.Speculative = true;
        using (var call = service.Guide.Converse(service.As(session)))
        {
            await call.RequestStream.WriteAsync(new ConverseRequest { Start = start });
            await call.UntilAsync(Kind.Done);
            if (confirms)
            {
                await call.RequestStream.CompleteAsync();
                Assert.Empty(await call.RestAsync());
            }
        }

        var parts = await service.ConverseAsync(session, Start("When was it painted?", 2));
        var about = parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits.Select(e => e.Id).FirstOrDefault();
        Assert.Equal(confirms, about == "mona-lisa");
    }

    [Fact]
    public async Task An_interrupt_after_the_end_of_an_answer_ends_the_call_without_a_second_end()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        var start = Start("Who painted the Mona Lisa?", 1);
        start.Speculative = true;
        using var call = service.Guide.Converse(service.As(TokenIssuer.NewSession()));
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = start });
        await call.UntilAsync(Kind.Done);
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt { ThroughTurn = 1 } });
        Assert.Empty(await call.RestAsync());
    }

    [Fact]
    public async Task What_is_too_long_ago_to_be_remembered_word_for_word_is_summed_up()
    {
        await using var model = await ScriptedModel.StartAsync([.. Words.Select(word => ScriptedModel.Says($"Here is a {word}. {Long}"))]);
        await using var service = await RunningService.StartAsync(
            ("Museum:Content", MuseumContent.Few), ("Llm:BaseUrl", model.BaseUrl), ("Llm:Model", "scripted"), ("Conversation:HistoryTokens", "400"), ("Conversation:SummaryTokens", "120"));
        var session = TokenIssuer.NewSession();
        for (var turn = 1; turn <= Words.Length; turn++)
        {
            await service.ConverseAsync(session, Start($"What of a {Words[turn - 1]}?", turn));
        }

        var said = model.Requests.Last()["messages"]!.AsArray().Select(m => (string)m!["content"]!).ToList();
        Assert.Equal("What of a apricot?", said[^1]);
        Assert.StartsWith("Here is a peach.", said[^2], StringComparison.Ordinal);
        Assert.InRange(said.Skip(1).Sum(Museum.TextService.Language.TokenCount.Estimate), 100, 560);
        // The oldest has given way; of what came after it the beginning of each answer is left.
        Assert.DoesNotContain("apple", said[1], StringComparison.Ordinal);
        Assert.Contains("The visitor asked: What of a lemon? The guide said: Here is a lemon.", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_memory_is_short_the_sessions_that_were_idle_for_longest_are_forgotten_first()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        var store = service.Get<ConversationStore>();
        string[] sessions = ["a", "b", "c", "d"];
        foreach (var session in sessions)
        {
            await store.SaveAsync(session, new RememberedTurn { Turn = 1, Asked = "Who painted it?", Told = "Munch." }, default);
        }

        await store.RecallAsync("a", default);
        Assert.Contains(store, service.Get<IEnumerable<IReleasesMemory>>());
        Assert.True(store.Release() > 0);
        var remembered = await Task.WhenAll(sessions.Select(async s => (s, (await store.RecallAsync(s, default)).Turns.Count)));
        Assert.Equal([("a", 1), ("b", 0), ("c", 0), ("d", 1)], remembered);
    }

    private static ConverseStart Start(string text, long turn) => new() { Text = text, TurnId = turn, EnableRetrieval = true };
}
