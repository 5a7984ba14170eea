using System.Net;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>Many artifacts at once, as clients of the SRS standard send them.</summary>
public sealed class SrsBatchTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_batch_reports_each_faulty_artifact_and_takes_the_others()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var client = new Desk(service.As("curator", "importer"));
        var begun = (await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch", new { data = new object[] { SrsTests.Bowl, new { title = "No content" }, new { title = "瓷瓶", content = "瓷瓶是用瓷做的。" } } })).Body;
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

        var task = (string)(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch", new { data = new object[] { deep, SrsTests.Bowl } })).Body["task_id"]!;
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

    private static async Task<JsonNode> BatchAsync(Desk client, IEnumerable<object> data, string query = "")
    {
        var task = (string)(await client.SendAsync(HttpMethod.Post, "/api/v1/artifacts/batch" + query, new { data })).Body["task_id"]!;
        return await Eventually.GetAsync(async () => (await client.SendAsync(HttpMethod.Get, $"/api/curator/imports/{task}")).Body is { } r && (string?)r["task"]!["status"] == "completed" ? r : null);
    }
}
