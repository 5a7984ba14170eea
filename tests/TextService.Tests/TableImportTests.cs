using System.Text;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>Tables that say only some things of an exhibit.</summary>
public sealed class TableImportTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Theory]
    [InlineData("draft")]
    [InlineData("live")]
    public async Task What_a_table_has_no_column_for_stays_as_it_is(string target)
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var before = (await desk.SendAsync(HttpMethod.Get, "/scream")).Body["live"]!;
        await Imports.ReportAsync(desk, await desk.Http.PostAsync($"/api/curator/imports?as={target}", new StringContent("id,hall,title_en\r\nscream,7,The Cry\r\n", Encoding.UTF8, "text/csv")));
        var after = (await desk.SendAsync(HttpMethod.Get, "/scream")).Body[target]!;
        Assert.Equal((7, "The Cry"), ((int)after["hall"]!, (string?)after["title"]!["en"]));
        foreach (var member in (string[])["body", "maker", "aliases", "suggested"])
        {
            Assert.Equal(before[member]!.ToJsonString(), after[member]!.ToJsonString());
        }

        Assert.Equal((string?)before["title"]!["zh"], (string?)after["title"]!["zh"]);
    }

    [Fact]
    public async Task To_go_live_what_is_there_and_what_is_written_are_enough_together_and_the_writing_alone_is_not()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var desk = new Desk(service.As("curator", "olga"));
        var table = new StringContent("id,hall\r\nscream,7\r\nnew-one,7\r\n", Encoding.UTF8, "text/csv");
        var report = await Imports.ReportAsync(desk, await desk.Http.PostAsync("/api/curator/imports?as=live", table));
        Assert.Equal(["updated", "failed"], report["rows"]!.AsArray().Select(r => (string?)r!["outcome"]));
        Assert.Contains("needs a title and a text", (string?)report["rows"]![1]!["reason"], StringComparison.Ordinal);
    }
}
