using System.Net;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>The SRS standard API as its clients use it.</summary>
public sealed class SrsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Retrieve = "/api/v1/search/retrieve";

    internal static object Bowl { get; } = new
    {
        title = "The Zanzibar Bowl", content = "The Zanzibar Bowl is made of glass.", category = "glassware", tags = new[] { "bowl" }, metadata = new { colour = "green" }, source_type = "file", source_path = "bowls.txt",
    };

    [Fact]
    public async Task A_search_gives_whole_artifacts_best_first_wrapped_or_not()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.Http);
        var wrapped = (await client.SendAsync(HttpMethod.Post, Retrieve, new { query = "Who painted the Mona Lisa?", top_k = 3, threshold = 0.35, category_filter = Array.Empty<string>() })).Body["data"]!;
        var best = wrapped["artifacts"]![0]!;
        Assert.Equal(("Mona Lisa", "mona-lisa"), ((string?)best["title"], (string?)best["metadata"]!["exhibit_id"]));
        Assert.Contains("Leonardo", (string?)best["content"], StringComparison.Ordinal);
        Assert.InRange((double)best["similarity"]!, 0.35, 1);
        Assert.Equal(wrapped["artifacts"]!.AsArray().Count, (int)wrapped["total_count"]!);

        var bare = (await client.SendAsync(HttpMethod.Post, Retrieve + "?wrapped=false", new { query = "《蒙娜丽莎》是谁画的？" })).Body;
        Assert.Equal("蒙娜丽莎", (string?)bare["artifacts"]![0]!["title"]);
        Assert.Equal(422, (int)(await client.SendAsync(HttpMethod.Post, Retrieve, new { query = " " })).Status);
        Assert.Equal(422, (int)(await client.SendAsync(HttpMethod.Post, Retrieve, new { query = "x", top_k = 101 })).Status);
    }

    [Fact]
    public async Task An_artifact_lives_from_its_making_to_its_removal_and_the_guide_knows_it_meanwhile()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var made = (await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts", Bowl)).Body;
        var path = $"/api/v1/artifacts/{made["id"]}";
        Assert.Equal(("glassware", "green", "bowls.txt"), ((string?)made["category"], (string?)made["metadata"]!["colour"], (string?)made["source_path"]));
        await Eventually.TrueAsync(async () => ((string?)(await service.AskAsync("What is the Zanzibar Bowl made of?"))["answer"])!.Contains("glass", StringComparison.Ordinal));

        await client.SendAsync(HttpMethod.Put, path, new { title = "The Zanzibar Bowl", content = "The Zanzibar Bowl is made of silver." });
        var read = (await client.SendAsync(HttpMethod.Get, path)).Body;
        Assert.Contains("silver", (string?)read["content"], StringComparison.Ordinal);
        Assert.Equal("glassware", (string?)read["category"]);
        var filtered = (await client.SendAsync(HttpMethod.Post, Retrieve, new { query = "bowl", threshold = 0, category_filter = new[] { "glassware" }, metadata_filter = new { colour = "green" } })).Body;
        Assert.Equal((long?)made["id"], (long?)Assert.Single(filtered["data"]!["artifacts"]!.AsArray())!["id"]);

        Assert.True((bool)(await client.SendAsync(HttpMethod.Delete, path)).Body["success"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Get, path)).Status);
        await Eventually.TrueAsync(async () => !(bool)(await service.AskAsync("What is the Zanzibar Bowl made of?"))["grounded"]!);
    }

    [Fact]
    public async Task Who_names_the_revision_that_they_have_read_overwrites_nobody()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var path = $"/api/v1/artifacts/{(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts", Bowl)).Body["id"]}";
        using var read = await client.Http.GetAsync(path);
        var tag = read.Headers.ETag!.Tag;
        var changed = new { title = "The Zanzibar Bowl", content = "The Zanzibar Bowl is made of silver." };
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Put, path, changed, tag)).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.SendAsync(HttpMethod.Put, path, changed, tag)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Put, path, changed)).Status);
    }

    [Fact]
    public async Task Removing_an_artifact_leaves_the_draft_that_somebody_is_writing_beside_it()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        await client.SendAsync(HttpMethod.Put, "/scream", new { document = CuratorTests.Bowl("wood") }, "*");
        var id = (long)(await client.SendAsync(HttpMethod.Get, "/scream")).Body["number"]!;
        await client.SendAsync(HttpMethod.Delete, $"/api/v1/artifacts/{id}");
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{id}")).Status);
        var left = (await client.SendAsync(HttpMethod.Get, "/scream")).Body;
        Assert.Null(left["live"]);
        Assert.Contains("wood", left["draft"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writing_one_language_leaves_the_other_and_the_data_as_they_were()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var id = (long)(await client.SendAsync(HttpMethod.Get, "/scream")).Body["number"]!;
        await client.SendAsync(HttpMethod.Put, $"/api/v1/artifacts/{id}", new { title = "呐喊", content = "《呐喊》是用蛋彩和蜡笔画的。" });
        var exhibit = (await client.SendAsync(HttpMethod.Get, "/scream")).Body["live"]!;
        Assert.Equal("The Scream", (string?)exhibit["title"]!["en"]);
        Assert.Contains("蜡笔", (string?)exhibit["body"]!["zh"]![0]!["paragraphs"]![0], StringComparison.Ordinal);
        Assert.Contains("Munch", (string?)exhibit["maker"]!["en"], StringComparison.Ordinal);
        Assert.True(exhibit["body"]!["en"]!.AsArray().Count > 1);
    }

    [Fact]
    public async Task Visitors_may_search_and_read_but_not_write()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var visitor = new Desk(service.Http);
        var page = (await visitor.SendAsync(HttpMethod.Get, "/api/v1/artifacts?page=2&size=3")).Body;
        Assert.Equal((4, 1, 2), ((int)page["total_count"]!, page["artifacts"]!.AsArray().Count, (int)page["page"]!));
        Assert.Empty((await visitor.SendAsync(HttpMethod.Get, "/api/v1/artifacts?page=21474838&size=100")).Body["artifacts"]!.AsArray());
        foreach (var everything in new[] { "?keyword=a", "?category=a", "/export" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync(HttpMethod.Get, "/api/v1/artifacts" + everything)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync(HttpMethod.Post, "/api/v1/artifacts", Bowl)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.SendAsync(HttpMethod.Delete, "/api/v1/artifacts/1")).Status);
    }

    [Fact]
    public async Task What_a_client_keeps_with_an_artifact_is_shown_to_curators_only()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var visitor = new Desk(service.Http);
        var curator = new Desk(service.As("curator", "importer"));
        var path = $"/api/v1/artifacts/{(await curator.SendAsync(HttpMethod.Post, "/api/v1/artifacts", Bowl)).Body["id"]}";
        var query = new { query = "What is the Zanzibar Bowl made of?", wrapped = false };
        async Task<JsonNode?> FoundAsync(Desk desk, object asked) =>
            (await desk.SendAsync(HttpMethod.Post, Retrieve, asked)).Body["data"]!["artifacts"]!.AsArray().FirstOrDefault(a => (string?)a!["category"] == "glassware");
        var found = await Eventually.GetAsync(() => FoundAsync(visitor, query));

        var listed = (await visitor.SendAsync(HttpMethod.Get, "/api/v1/artifacts?size=100")).Body["artifacts"]!.AsArray().Single(a => (string?)a!["category"] == "glassware")!;
        foreach (var seen in new[] { found, listed, (await visitor.SendAsync(HttpMethod.Get, path)).Body })
        {
            Assert.Null(seen["metadata"]!["colour"]);
            Assert.Equal(("exhibit", "exhibits/the-zanzibar-bowl"), ((string?)seen["source_type"], (string?)seen["source_path"]));
        }

        var filtered = new { query.query, metadata_filter = new { colour = "green" } };
        Assert.Null(await FoundAsync(visitor, filtered));
        Assert.Equal("green", (string?)(await FoundAsync(curator, filtered))!["metadata"]!["colour"]);
    }

    [Fact]
    public async Task Health_metrics_and_info_are_those_of_this_house()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.Http);
        await client.SendAsync(HttpMethod.Post, Retrieve, new { query = "Mona Lisa" });
        var metrics = (await client.SendAsync(HttpMethod.Get, "/api/v1/metrics")).Body;
        Assert.Equal((4, 1), ((int)metrics["artifact_count"]!, (int)metrics["search_count"]!));
        Assert.True((int)metrics["chunk_count"]! > 40);
        using var anybody = new HttpClient { BaseAddress = service.Http.BaseAddress };
        var health = JsonNode.Parse(await anybody.GetStringAsync("/api/v1/health"))!;
        Assert.Equal(("healthy", "healthy", "not_configured"), ((string?)health["status"], (string?)health["services"]!["database"], (string?)health["services"]!["embedding_service"]));
        Assert.Equal("Museum", (string?)(await client.SendAsync(HttpMethod.Get, "/api/v1/info")).Body["app_name"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anybody.GetAsync("/api/v1/metrics")).StatusCode);
    }
}
