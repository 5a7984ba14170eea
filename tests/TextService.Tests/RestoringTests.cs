using System.Net;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>What a curator fetches back.</summary>
public sealed class RestoringTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_draft_that_was_thrown_away_can_be_fetched_back_also_when_nothing_else_was_left_of_its_exhibit()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await desk.SendAsync(HttpMethod.Post, "", new { document = CuratorTests.Bowl("glass") });
        Assert.Equal(HttpStatusCode.NoContent, (await desk.ActAsync("the-bowl", "discard")).Status);
        var kept = Assert.Single((await desk.SendAsync(HttpMethod.Get, "/the-bowl/versions")).Body["versions"]!.AsArray())!;
        Assert.True((bool)kept["discarded"]!);

        Assert.Equal(HttpStatusCode.NotFound, (await desk.SendAsync(HttpMethod.Post, $"/the-bowl/versions/{kept["number"]}/restore", new { }, "\"1\"")).Status);
        var restored = await desk.SendAsync(HttpMethod.Post, $"/the-bowl/versions/{kept["number"]}/restore", new { }, "*");
        Assert.Equal((HttpStatusCode.OK, "draft"), (restored.Status, (string?)restored.Body["state"]));
        Assert.Contains("glass", restored.Body["draft"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_version_can_be_made_the_draft_again()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        await desk.PublishAsync(CuratorTests.Bowl("glass"));
        await desk.SendAsync(HttpMethod.Put, "/the-bowl", new { document = CuratorTests.Bowl("silver") }, "*");
        await desk.ActAsync("the-bowl", "submit");
        await desk.ActAsync("the-bowl", "publish");
        var versions = (await desk.SendAsync(HttpMethod.Get, "/the-bowl/versions")).Body["versions"]!.AsArray();
        Assert.Equal([2, 1], versions.Select(v => (int)v!["number"]!));
        var restored = await desk.SendAsync(HttpMethod.Post, "/the-bowl/versions/1/restore", new { }, "*");
        Assert.Contains("glass", restored.Body["draft"]!.ToJsonString(), StringComparison.Ordinal);
    }
}
