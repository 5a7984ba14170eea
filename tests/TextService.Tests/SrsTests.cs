using System.Net;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>The SRS standard API as its clients use it.</summary>
public sealed class SrsTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Retrieve = "/api/v1/search/retrieve";

    private static readonly object Bowl = new
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
    public async Task A_batch_reports_each_faulty_artifact_and_takes_the_others()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var begun = (await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch", new { data = new object[] { Bowl, new { title = "No content" }, new { title = "瓷瓶", content = "瓷瓶是用瓷做的。" } } })).Body;
        var task = (string)begun["task_id"]!;
        var done = await Eventually.GetAsync(async () =>
            (await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/batch/status/{task}")).Body["data"] is { } data && (string?)data["status"] == "completed" ? data : null);
        Assert.Equal((3, 2, 1), ((int)done["total"]!, (int)done["success"]!, (int)done["failed"]!));
        Assert.Equal("data:2: content: at least one character.", (string?)Assert.Single(done["errors"]!.AsArray()));
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Post, $"/api/v1/artifacts/batch/cancel/{task}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(HttpMethod.Get, "/api/v1/artifacts/batch/status/import_none")).Status);
    }

    [Fact]
    public async Task A_batch_writes_no_exhibit_over_another_whose_id_its_title_resembles()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var titles = new[] { "1820年的花瓶", "1820年的椅子", "Untitled", "Untitled" };
        var report = await BatchAsync(client, titles.Select((title, i) => new { title, content = $"第{i}件。" }));
        Assert.Equal(["created", "created", "created", "failed"], report["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
        var again = await BatchAsync(client, titles.Take(3).Select((title, i) => new { title, content = $"第{i}件。" }));
        Assert.Equal(["unchanged", "unchanged", "unchanged"], again["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));

        await client.SendAsync(HttpMethod.Post, "", new { id = "the-jar", document = CuratorTests.Bowl("glass") });
        var over = await BatchAsync(client, [new { title = "The Jar", content = "The Jar is made of clay." }]);
        Assert.Equal("failed", (string?)over["rows"]![0]!["outcome"]);
        Assert.Null((await client.SendAsync(HttpMethod.Get, "/the-jar")).Body["live"]);
    }

    [Fact]
    public async Task Metadata_that_no_answer_could_carry_are_refused_and_break_no_batch_off()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var deep = new { title = "A deep vase", content = "It is deep.", metadata = new { a = Enumerable.Range(0, 10).Aggregate((object)1, (inner, _) => new[] { inner }) } };
        var large = new { title = "A large vase", content = "It is large.", metadata = new { a = new string('x', 20_000) } };
        var far = new { title = "A far vase", content = "It is far.", source_path = new string('x', 501) };
        foreach (var faulty in new object[] { deep, large, far })
        {
            Assert.Equal((HttpStatusCode)422, (await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts", faulty)).Status);
        }

        var task = (string)(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch", new { data = new object[] { deep, Bowl } })).Body["task_id"]!;
        var done = await Eventually.GetAsync(async () =>
            (await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/batch/status/{task}")).Body["data"] is { } data && (string?)data["status"] != "processing" ? data : null);
        Assert.Equal(("completed", 1, 1), ((string?)done["status"], (int)done["success"]!, (int)done["failed"]!));
    }

    [Fact]
    public async Task What_is_exported_is_imported_as_a_batch_without_a_change()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var exported = (await client.SendAsync(HttpMethod.Get, "/api/v1/artifacts/export?language=zh")).Body["artifacts"]!;
        var task = (string)(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch", new { data = exported })).Body["task_id"]!;
        var report = await Eventually.GetAsync(async () => (await client.SendAsync(HttpMethod.Get, $"/api/curator/imports/{task}")).Body is { } r && (string?)r["task"]!["status"] == "completed" ? r : null);
        Assert.Equal(["unchanged", "unchanged", "unchanged", "unchanged"], report["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
    }

    [Fact]
    public async Task An_artifact_of_a_batch_that_names_its_revision_overwrites_nothing_that_its_writer_has_not_read()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var id = (long)(await client.SendAsync(HttpMethod.Get, "/scream")).Body["number"]!;
        var read = (await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{id}")).Body;
        await client.SendAsync(HttpMethod.Put, $"/api/v1/artifacts/{id}", new { title = "The Scream", content = "The Scream is made of words that nobody else has read." });
        read["content"] = "The Scream is made of what was read before.";
        var refused = await BatchAsync(client, [read]);
        Assert.Equal("failed", (string?)refused["rows"]![0]!["outcome"]);
        Assert.Contains("nobody else", (string?)(await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{id}")).Body["content"], StringComparison.Ordinal);
        var told = await BatchAsync(client, [read], "?overwrite=true");
        Assert.Equal("updated", (string?)told["rows"]![0]!["outcome"]);
        var again = await BatchAsync(client, [read]);
        Assert.Equal("unchanged", (string?)again["rows"]![0]!["outcome"]);
        Assert.Null((await new Desk(service.Http).SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{id}")).Body["metadata"]!["exhibit_revision"]);
    }

    [Fact]
    public async Task Both_languages_of_an_exhibit_can_come_in_one_batch_and_one_that_is_gone_comes_back()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var id = (long)(await client.SendAsync(HttpMethod.Get, "/scream")).Body["number"]!;
        var both = new List<JsonObject>();
        foreach (var (language, text) in new[] { ("en", "The Scream is loud."), ("zh", "《呐喊》很响。") })
        {
            var artifact = (await client.SendAsync(HttpMethod.Get, $"/api/v1/artifacts/{id}?language={language}")).Body;
            artifact["content"] = text;
            both.Add(artifact.AsObject());
        }

        var report = await BatchAsync(client, both);
        Assert.Equal(["updated", "updated"], report["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
        await client.SendAsync(HttpMethod.Delete, "/scream", null, "*");
        var back = await BatchAsync(client, both);
        Assert.Equal("created", (string?)back["rows"]![0]!["outcome"]);
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

    private static async Task<JsonNode> BatchAsync(Desk client, IEnumerable<object> data, string query = "")
    {
        var task = (string)(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch" + query, new { data })).Body["task_id"]!;
        return await Eventually.GetAsync(async () => (await client.SendAsync(HttpMethod.Get, $"/api/curator/imports/{task}")).Body is { } r && (string?)r["task"]!["status"] == "completed" ? r : null);
    }
}
