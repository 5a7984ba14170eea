using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>What a file format cannot say of an exhibit.</summary>
public sealed class FormatTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("markdown", "application/zip")]
    public async Task What_a_format_has_no_place_for_stays_as_it_is(string format, string type)
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var artifact = new { title = "The Zanzibar Bowl", content = "It is made of glass.", category = "glassware", metadata = new { colour = "green" }, source_path = "bowls.txt" };
        var path = $"/api/v1/artifacts/{(await desk.SendAsync(HttpMethod.Post, "/api/v1/artifacts", artifact)).Body["id"]}";
        var report = await Imports.RunAsync(desk, type, await desk.Http.GetByteArrayAsync($"/api/curator/export?format={format}&of=live"), "?as=live");
        Assert.Equal(5, (int)report["task"]!["unchanged"]!);
        var kept = (await desk.SendAsync(HttpMethod.Get, path)).Body;
        Assert.Equal(("glassware", "green", "bowls.txt"), ((string?)kept["category"], (string?)kept["metadata"]?["colour"], (string?)kept["source_path"]));
    }

    [Fact]
    public async Task What_is_not_utf8_is_refused_and_not_taken_in_as_marks()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        using var curator = service.As("curator", "olga");
        using var body = new ByteArrayContent([.. "id,title_zh\r\nbowl,"u8, 0xCD, 0xEB, .. "\r\n"u8]);
        body.Headers.ContentType = new("text/csv");
        using var response = await curator.PostAsync("/api/curator/imports?as=live", body);
        Assert.Equal((400, "import_not_utf8"), ((int)response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]));
    }
}
