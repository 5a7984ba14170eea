using System.Diagnostics.Metrics;
using Museum.TestKit;
using Museum.Text.V1;
using TextService.Tests.Conversations;

namespace TextService.Tests;

/// <summary>What is answered again from memory, and what never is.</summary>
public sealed class AnswerCacheTests
{
    private const string Question = "Who painted The Starry Night?";
    private const string Answer = "The Starry Night was painted by Vincent van Gogh. He painted it in 1889.";

    [Fact]
    public async Task The_same_question_of_another_visitor_is_answered_alike_part_by_part_without_a_search()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Prefetch:PerSecond", "0"));
        using var meter = new MeterReadings(service.Get<IMeterFactory>(), "Museum.Cache");
        var first = await AskAsync(service, "Who painted the Mona Lisa?");
        var again = await AskAsync(service, "  Who painted   the Mona Lisa?\n");
        Assert.Equal(first.Select(Told), again.Select(Told));
        Assert.Contains(first, p => p.KindCase == Kind.Sources && p.Sources.Exhibits[0].Id == "mona-lisa");
        Assert.Equal(1, meter.Observe("museum.cache.computations", "kind=answers"));
        Assert.Equal(1, meter.Observe("museum.cache.requests", "kind=answers", "level=memory", "outcome=hit"));
    }

    [Fact]
    public async Task What_was_suggested_is_answered_before_it_is_asked()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Prefetch:PerSecond", "1000"));
        using var meter = new MeterReadings(service.Get<IMeterFactory>(), "Museum.Cache");
        var session = TokenIssuer.NewSession();
        await Eventually.TrueAsync(async () =>
        {
            // On a busy machine nothing is foreseen: then the next answer's suggestions may be.
            var first = await service.ConverseAsync(session = TokenIssuer.NewSession(), Start("Who painted the Mona Lisa?"));
            var suggested = first.Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions;
            await Eventually.TrueAsync(() => meter.Observe("museum.cache.entries", "kind=answers") >= 1);
            var computed = meter.Observe("museum.cache.computations", "kind=answers");
            await service.ConverseAsync(session, Start(suggested[0], 2));
            return computed > 1 && meter.Observe("museum.cache.computations", "kind=answers") == computed;
        });
    }

    [Fact]
    public async Task It_is_the_same_answer_but_what_the_visitor_asked_before_is_not_suggested_again()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        var fresh = (await AskAsync(service, "Who painted the Mona Lisa?")).Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions;
        var session = TokenIssuer.NewSession();
        await service.ConverseAsync(session, Start(fresh[0]));
        var second = await service.ConverseAsync(session, Start("Who painted the Mona Lisa?", 2));
        Assert.DoesNotContain(fresh[0], second.Single(p => p.KindCase == Kind.Suggestions).Suggestions.Questions);
    }

    [Fact]
    public async Task What_it_is_decides_the_answer()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        foreach (var (named, id) in new[] { ("Mona Lisa", "mona-lisa"), ("Scream", "scream"), ("Mona Lisa", "mona-lisa") })
        {
            var session = TokenIssuer.NewSession();
            await service.ConverseAsync(session, Start($"Tell me about the {named}."));
            var parts = await service.ConverseAsync(session, Start("How big is it?", 2));
            Assert.Equal(id, parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
        }
    }

    [Fact]
    public async Task Where_a_visitor_stands_decides_the_answer_to_what_names_nothing_and_to_nothing_else()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Prefetch:PerSecond", "0"));
        using var meter = new MeterReadings(service.Get<IMeterFactory>(), "Museum.Cache");
        async Task<string> SourceAsync(string ask, string inView) =>
            (await service.ConverseAsync(TokenIssuer.NewSession(), new ConverseStart { Text = ask, TurnId = 1, EnableRetrieval = true, Scene = new Scene { ExhibitId = inView } }))
                .Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id;

        Assert.Equal(["guernica", "guernica"], [await SourceAsync("Who painted Guernica?", "scream"), await SourceAsync("Who painted Guernica?", "mona-lisa")]);
        Assert.Equal(1, meter.Observe("museum.cache.computations", "kind=answers"));
        Assert.Equal(["scream", "mona-lisa"], [await SourceAsync("Who painted it?", "scream"), await SourceAsync("Who painted it?", "mona-lisa")]);
        Assert.Equal(3, meter.Observe("museum.cache.computations", "kind=answers"));
    }

    [Fact]
    public async Task A_thousand_who_ask_the_same_at_once_cost_one_search()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Prefetch:PerSecond", "0"));
        using var meter = new MeterReadings(service.Get<IMeterFactory>(), "Museum.Cache");
        var runner = service.Get<Museum.TextService.Conversation.TurnRunner>();
        var all = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(async () =>
        {
            var text = "";
            await foreach (var part in runner.RunAsync(new() { Text = "Who painted the Mona Lisa?" }, Museum.TextService.Generation.NoFunctions.Instance, CancellationToken.None))
            {
                text += (part as Museum.TextService.Conversation.AnswerPart.Delta)?.Text;
            }

            return text;
        }))).SoonAsync();
        Assert.Contains("Leonardo", Assert.Single(all.Distinct()), StringComparison.Ordinal);
        Assert.Equal(1, meter.Observe("museum.cache.computations", "kind=answers"));
    }

    [Fact]
    public async Task Another_replica_finds_it_in_redis()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var one = await Remembering.StartAsync(redis);
        await using var other = await Remembering.StartAsync(redis);
        using var meter = new MeterReadings(other.Get<IMeterFactory>(), "Museum.Cache");
        var number = 0;
        await Eventually.TrueAsync(async () =>
        {
            // Until the first has written behind.
            var question = $"Who painted the Mona Lisa? {++number}";
            var first = await AskAsync(one, question);
            var second = await AskAsync(other, question);
            Assert.Equal(first.Select(Told), second.Select(Told));
            return meter.Observe("museum.cache.requests", "kind=answers", "level=redis", "outcome=hit") > 0;
        });
    }

    [Fact]
    public async Task A_models_grounded_answer_is_given_again_without_the_model()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says(Answer));
        await using var service = await WithModelAsync(model);
        var first = await AskAsync(service, Question);
        var again = await AskAsync(service, Question);
        Assert.Single(model.Requests);
        Assert.Equal(Joined(first), Joined(again));
        Assert.Equal(first.Where(p => p.KindCase == Kind.Sentence).Select(Told), again.Where(p => p.KindCase == Kind.Sentence).Select(Told));
        Assert.Equal(("scripted", true), (again[^1].Done.Composer, again[^1].Done.Grounded));
    }

    [Fact]
    public async Task With_something_said_before_every_visitor_gets_the_models_own_answer()
    {
        await using var model = await ScriptedModel.StartAsync([.. Enumerable.Repeat(ScriptedModel.Says(Answer), 4)]);
        await using var service = await WithModelAsync(model);
        for (var visitor = 1; visitor <= 2; visitor++)
        {
            var session = TokenIssuer.NewSession();
            await service.ConverseAsync(session, Start(Question));
            await service.ConverseAsync(session, Start("When?", 2));
        }

        // The first question once, the second for each.
        Assert.Equal(3, model.Requests.Count);
    }

    public static TheoryData<string, Func<ScriptedModel.Reply, Task>> NotKept => new()
    {
        { "it does not know", ScriptedModel.Says("Our texts don’t say, and I won’t guess.") },
        { "nothing supports it", ScriptedModel.Says("Bananas are yellow.") },
        { "it broke off", async reply => { await reply.TextAsync(Answer); await reply.BreakAsync(); } },
        { "it was away", reply => reply.StatusAsync(400) },
    };

    [Theory]
    [MemberData(nameof(NotKept))]
    public async Task What_is_not_kept_is_asked_again(string why, Func<ScriptedModel.Reply, Task> reply)
    {
        await using var model = await ScriptedModel.StartAsync(reply, ScriptedModel.Says(Answer));
        await using var service = await WithModelAsync(model);
        await AskAsync(service, Question);
        // One that failed is let in again when it has been seen well.
        await service.CapabilityAsync("llm", "ok");
        var again = await AskAsync(service, Question);
        Assert.True(model.Requests.Count == 2, why);
        Assert.Equal(Answer, Joined(again));
    }

    private static Task<RunningService> WithModelAsync(ScriptedModel model) =>
        RunningService.WithModelAsync(model, ("Resilience:llm:Retries", "0"));

    private static Task<List<ConverseResponse>> AskAsync(RunningService service, string text) => service.ConverseAsync(TokenIssuer.NewSession(), Start(text));

    private static ConverseStart Start(string text, long turn = 1) => new() { Text = text, TurnId = turn, EnableRetrieval = true };

    private static string Told(ConverseResponse part) => part.ToString();

    private static string Joined(IEnumerable<ConverseResponse> parts) => string.Concat(parts.Where(p => p.KindCase == Kind.Delta).Select(p => p.Delta.Text));
}
