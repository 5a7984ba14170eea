using System.Text.Json.Nodes;
using Museum.TestKit;
using Museum.TextService.Analytics;
using Museum.TextService.Conversation;
using Museum.TextService.Storage;

namespace TextService.Tests;

/// <summary>What the curators learn of the visitors' questions.</summary>
public sealed class AnalyticsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Unanswered = "Who repaired the roof of the museum?";

    [Fact]
    public async Task Questions_are_counted_as_answered_refused_or_talk_by_language_and_exhibit()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await service.AskAsync("Who painted the Mona Lisa?");
        await service.AskAsync("《蒙娜丽莎》是谁画的？");
        await service.AskAsync(Unanswered);
        await service.AskAsync("Thank you!");
        var counted = await Eventually.GetAsync(async () =>
        {
            var all = (await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics")).Body;
            return (long?)all["total"]?["talk"] == 1 ? all : null;
        });
        Assert.Equal((2, 1, 0), ((int)counted["total"]!["answered"]!, (int)counted["total"]!["refused"]!, (int)counted["total"]!["mended"]!));
        Assert.Equal(["en", "zh"], counted["languages"]!.AsArray().Select(l => (string?)l!["language"]));
        Assert.Equal(("mona-lisa", 2), ((string?)counted["exhibits"]![0]!["id"], (int)counted["exhibits"]![0]!["asked"]!));
    }

    [Fact]
    public async Task Refused_questions_are_listed_most_asked_first_until_they_are_resolved_and_come_back_when_refused_again()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await service.AskAsync(Unanswered);
        await service.AskAsync("who repaired the ROOF of the museum");
        await service.AskAsync("Who sells the tickets of the museum?");
        var refused = await Eventually.GetAsync(async () => await RefusedAsync(desk) is { Count: 2 } both ? both : null);
        Assert.Equal(2, (int)refused[0]!["asked"]!);
        Assert.Equal(AnalyticsRow.Fold(Unanswered), AnalyticsRow.Fold((string)refused[0]!["question"]!));

        await desk.SendAsync(HttpMethod.Post, "/api/curator/analytics/questions/resolve", new { question = Unanswered, language = "en" });
        Assert.Single(await RefusedAsync(desk));
        await service.AskAsync(Unanswered);
        await Eventually.TrueAsync(async () => (await RefusedAsync(desk)).Count == 2);
    }

    [Fact]
    public async Task A_visitor_may_change_their_mind_about_an_answer()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        var log = service.Get<AnswerLog>();
        log.Rated(new TurnRating("session", 1, Good: true, "Who painted the Mona Lisa?", ["mona-lisa"]));
        log.Rated(new TurnRating("session", 1, Good: false, "Who painted the Mona Lisa?", ["mona-lisa"]));
        log.Rated(new TurnRating("session", 2, Good: true, "Who painted The Scream?", ["scream"]));
        var ratings = await Eventually.GetAsync(async () =>
            (await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics/ratings")).Body["ratings"]!.AsArray() is { Count: 2 } both ? both : null);
        Assert.Equal([("Who painted the Mona Lisa?", false), ("Who painted The Scream?", true)], ratings.Select(r => ((string)r!["question"]!, (bool)r["good"]!)).Order());
        var bad = (await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics/ratings?good=false")).Body["ratings"]!.AsArray();
        Assert.Equal("mona-lisa", (string?)Assert.Single(bad)!["exhibits"]![0]);
    }

    [Fact]
    public async Task Where_words_are_not_to_be_kept_questions_are_only_counted()
    {
        await using var service = await StartAsync(("Analytics:KeepWords", "false"));
        var desk = new Desk(service.As("curator", "olga"));
        await service.AskAsync(Unanswered);
        await Eventually.TrueAsync(async () => (int)(await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics")).Body["total"]!["refused"]! == 1);
        Assert.Empty(await RefusedAsync(desk));
    }

    [Fact]
    public async Task What_a_curator_tries_on_a_draft_is_not_counted()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        await desk.SendAsync(HttpMethod.Post, "", new { document = CuratorTests.Bowl("glass") });
        await desk.PreviewAsync("the-bowl", Unanswered);
        await service.AskAsync("Who painted the Mona Lisa?");
        await Eventually.TrueAsync(async () => (int)(await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics")).Body["total"]!["answered"]! == 1);
        Assert.Empty(await RefusedAsync(desk));
    }

    [Fact]
    public async Task A_question_that_is_too_long_to_be_kept_whole_is_cut_between_two_characters()
    {
        await using var service = await StartAsync();
        var desk = new Desk(service.As("curator", "olga"));
        var words = Unanswered + new string('!', AnswerLog.MostCharacters - Unanswered.Length - 1);
        await service.AskAsync(words + "😀 Who?");
        var refused = await Eventually.GetAsync(async () => await RefusedAsync(desk) is { Count: 1 } one ? one : null);
        Assert.Equal(words, (string?)refused[0]!["question"]);
    }

    [Fact]
    public async Task Words_that_are_not_to_be_kept_any_more_are_erased_though_nobody_asks()
    {
        var folder = Directory.CreateTempSubdirectory("museum-analytics-").FullName;
        var store = new AnalyticsStore(new SqliteDatabases(Path.Combine(folder, "text")));
        var now = DateTimeOffset.UtcNow;
        await store.WriteAsync(
            [
                new AnalyticsRow.Answer(now - TimeSpan.FromDays(31), Outcomes.Refused, "en", "Old?", "extraction", 1, []),
                new AnalyticsRow.Answer(now, Outcomes.Refused, "en", "New?", "extraction", 1, []),
                new AnalyticsRow.Rating(now, "key", true, "New?", []),
            ],
            CancellationToken.None);
        await using (await StartAsync(("Museum:Data", folder), ("Analytics:KeepDays", "30"), ("Analytics:KeepWords", "false")))
        {
            var reports = new AnalyticsReports(store);
            await Eventually.TrueAsync(async () => (await reports.RatingsAsync(DateTimeOffset.UnixEpoch, null, 10, CancellationToken.None))[0].Question is null);
            Assert.Empty(await reports.QuestionsAsync(DateTimeOffset.UnixEpoch, null, null, 10, CancellationToken.None));
            Assert.Equal(1, (await reports.SummaryAsync(DateTimeOffset.UnixEpoch, CancellationToken.None)).Total.Refused);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<JsonArray> RefusedAsync(Desk desk) => (await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics/questions?outcome=refused")).Body["questions"]!.AsArray();

    private Task<RunningService> StartAsync(params (string, string)[] settings) => RunningService.WithCuratorsAsync(redis, settings);
}
