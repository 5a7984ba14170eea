using System.Net;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests.Storage;

/// <summary>Whole replicas of the service on one PostgreSQL, each with files and an index of its own, as on several hosts.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresReplicaTests(PostgresServer server, RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Question = "What is the Zanzibar Bowl made of?";

    [Fact]
    public async Task What_a_curator_publishes_at_one_replica_the_other_tells_too_and_both_name_the_content_alike()
    {
        var database = await server.CreateDatabaseAsync();
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        var desk = new Desk(here.As("curator", "olga"));
        await desk.PublishAsync(CuratorTests.Bowl("glass"));
        await Eventually.TrueAsync(() => AnswersAsync(there, "glass"));

        await new Desk(there.As("curator", "ivan")).SendAsync(HttpMethod.Delete, "/the-bowl", null, "*");
        await Eventually.TrueAsync(async () => !(bool)(await here.AskAsync(Question))["grounded"]!);
        await Eventually.TrueAsync(() => here.Get<Museum.TextService.Index.ContentHolder>().Version == there.Get<Museum.TextService.Index.ContentHolder>().Version);
    }

    [Fact]
    public async Task Of_two_curators_who_save_over_the_same_revision_at_two_replicas_one_is_told_who_was_quicker()
    {
        var database = await server.CreateDatabaseAsync();
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        var (olga, ivan) = (new Desk(here.As("curator", "olga")), new Desk(there.As("curator", "ivan")));
        var read = (await olga.SendAsync(HttpMethod.Get, "/scream")).Tag;
        Assert.Equal(read, (await ivan.SendAsync(HttpMethod.Get, "/scream")).Tag);

        var saved = await Task.WhenAll(new[] { olga, ivan }.Select(desk => desk.SendAsync(HttpMethod.Put, "/scream", new { document = CuratorTests.Bowl("glass") }, read)));
        Assert.Single(saved, s => s.Status == HttpStatusCode.OK);
        var late = Assert.Single(saved, s => s.Status == HttpStatusCode.PreconditionFailed);
        Assert.Equal("exhibit_changed", (string?)late.Body["code"]);
    }

    [Fact]
    public async Task While_the_server_is_dead_visitors_are_answered_and_curators_told_to_come_back_and_then_both_are_served()
    {
        var database = await server.CreateDatabaseAsync();
        await using var service = await StartAsync(database);
        var desk = new Desk(service.As("curator", "olga"));
        await service.CapabilityAsync("records", "ok");
        await server.StopAsync();
        try
        {
            var refused = await desk.SendAsync(HttpMethod.Delete, "/scream", null, "*");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "records_away", true), (refused.Status, (string?)refused.Body["code"], (bool)refused.Body["retryable"]!));
            Assert.Equal("records_away", (string?)(await desk.SendAsync(HttpMethod.Get, "/scream")).Body["code"]);
            Assert.Contains("Munch", (string?)(await service.AskAsync("Who painted The Scream?"))["answer"], StringComparison.Ordinal);
            await service.CapabilityAsync("records", "away");
        }
        finally
        {
            await server.StartAsync();
        }

        await service.CapabilityAsync("records", "ok");
        await Eventually.TrueAsync(async () => (await desk.SendAsync(HttpMethod.Get, "/scream")).Status == HttpStatusCode.OK);
        await desk.PublishAsync(CuratorTests.Bowl("glass"));
        await Eventually.TrueAsync(() => AnswersAsync(service, "glass"));
    }

    [Fact]
    public async Task A_replica_that_is_told_of_a_change_while_the_server_is_away_reads_it_when_it_is_back()
    {
        var database = await server.CreateDatabaseAsync();
        await using var service = await StartAsync(database);
        var desk = new Desk(service.As("curator", "olga"));
        await desk.PublishAsync(CuratorTests.Bowl("glass"));
        await Eventually.TrueAsync(() => AnswersAsync(service, "glass"));
        await server.StopAsync();
        try
        {
            service.Get<Museum.TextService.Content.ContentChanges>().OfFiles();
            await service.CapabilityAsync("content", "degraded");
            Assert.True(await AnswersAsync(service, "glass"));
        }
        finally
        {
            await server.StartAsync();
        }

        await service.CapabilityAsync("content", "ok");
        Assert.True(await AnswersAsync(service, "glass"));
    }

    [Fact]
    public async Task What_visitors_ask_at_any_replica_is_counted_once_for_all()
    {
        var database = await server.CreateDatabaseAsync();
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        await here.AskAsync("Who painted The Scream?");
        await there.AskAsync("Who painted the Mona Lisa?");
        await there.AskAsync("Who repaired the roof of the museum?");
        var desk = new Desk(here.As("curator", "olga"));
        var total = await Eventually.GetAsync(async () => (await desk.SendAsync(HttpMethod.Get, "/api/curator/analytics")).Body["total"] is JsonObject all && (int)all["refused"]! == 1 && (int)all["answered"]! == 2 ? all : null);
        Assert.Equal(0, (int)total["good"]!);
    }

    private static async Task<bool> AnswersAsync(RunningService service, string material) => ((string?)(await service.AskAsync(Question))["answer"])!.Contains(material, StringComparison.Ordinal);

    private Task<RunningService> StartAsync(string database) => RunningService.WithCuratorsAsync(redis, ("ConnectionStrings:postgres", database));
}
