using System.Net;
using System.Text;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>What an import leaves as somebody else has made it.</summary>
public sealed class ImportConflictTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_row_that_was_read_before_somebody_changed_its_exhibit_is_refused()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var exported = await desk.Http.GetStringAsync("/api/curator/export?format=csv");
        await desk.SendAsync(HttpMethod.Put, "/scream", new { document = CuratorTests.Bowl("glass") }, "*");
        var report = await Imports.RunAsync(desk, "text/csv", exported);
        var refused = Assert.Single(report["rows"]!.AsArray(), r => (string?)r!["outcome"] == "failed");
        Assert.Equal("scream", (string?)refused!["id"]);
        Assert.Contains("olga has changed it", (string?)refused["reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_names_no_revision_undoes_no_edit_unless_it_is_told_to()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls);
        await desk.SendAsync(HttpMethod.Put, "/bowl", new { document = CuratorTests.Bowl("wood") }, "*");
        var again = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls);
        Assert.Equal(["failed", "unchanged"], again["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
        Assert.Contains("wood", (await desk.SendAsync(HttpMethod.Get, "/bowl")).Body["draft"]!.ToJsonString(), StringComparison.Ordinal);
        var over = await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls, "?overwrite=true");
        Assert.Equal(["updated", "unchanged"], over["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
    }

    [Fact]
    public async Task A_row_of_a_revision_brings_no_exhibit_back_that_was_removed_since()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var exported = await desk.Http.GetStringAsync("/api/curator/export?format=csv");
        await desk.SendAsync(HttpMethod.Delete, "/scream", null, "*");
        var report = await Imports.RunAsync(desk, "text/csv", exported);
        Assert.Equal("scream", (string?)Assert.Single(report["rows"]!.AsArray(), r => (string?)r!["outcome"] == "failed")!["id"]);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Get, "/scream")).Status);
    }

    [Fact]
    public async Task Where_a_second_curator_is_asked_for_nothing_is_imported_straight_to_the_visitors()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis, ("Curators:SecondCurator", "true"));
        var desk = new Desk(service.As("curator", "olga"));
        using var bowls = new StringContent(Imports.TwoBowls, Encoding.UTF8, "text/csv");
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Http.PostAsync("/api/curator/imports?as=live", bowls)).StatusCode);
        var artifact = new { title = "The Jar", content = "The Jar is made of clay." };
        foreach (var (method, path, body) in new (HttpMethod, string, object)[] { (HttpMethod.Post, "", artifact), (HttpMethod.Put, "/1", artifact), (HttpMethod.Post, "/batch", new[] { artifact }) })
        {
            var refused = await desk.SendAsync(method, "/api/v1/artifacts" + path, body);
            Assert.Equal((HttpStatusCode.Forbidden, "second_curator_needed"), (refused.Status, (string?)refused.Body["code"]));
        }

        Assert.Equal("completed", (string?)(await Imports.RunAsync(desk, "text/csv", Imports.TwoBowls, "?as=draft"))["task"]!["status"]);
    }
}
