using System.Net;
using Museum.TestKit;
using Museum.TextService.Index;

namespace TextService.Tests;

/// <summary>The rooms at the curator's desk.</summary>
public sealed class HallTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Halls = "/api/curator/halls";

    [Fact]
    public async Task Rooms_are_as_the_file_names_them_until_a_curator_does_and_then_the_guide_speaks_of_theirs()
    {
        var content = Directory.CreateTempSubdirectory("museum-halls-").FullName;
        Directory.CreateDirectory(Path.Combine(content, "exhibits"));
        File.Copy(Path.Combine(MuseumContent.Few, "exhibits", "scream.md"), Path.Combine(content, "exhibits", "scream.md"));
        await File.WriteAllTextAsync(Path.Combine(content, "halls.yaml"), "1: { en: \"Painting\", zh: \"绘画\" }");
        await using var service = await RunningService.WithCuratorsAsync(redis, ("Museum:Content", content));
        var desk = new Desk(service.As("curator", "olga"));
        var read = await desk.SendAsync(HttpMethod.Get, Halls);
        Assert.Equal("\"0\"", read.Tag);
        Assert.Equal("Painting", (string?)read.Body["halls"]![0]!["name"]!["en"]);

        var saved = await desk.SendAsync(HttpMethod.Put, Halls, Rooms((2, "The  red room ", ""), (1, "The blue room", "蓝厅")), read.Tag);
        Assert.Equal((HttpStatusCode.OK, "\"1\""), (saved.Status, saved.Tag));
        Assert.Equal("olga", (string?)saved.Body["updated_by"]);
        var expected = new[] { (1, "The blue room", "蓝厅"), (2, "The red room", "The red room") };
        await Eventually.TrueAsync(() => Task.FromResult(Named(service).SequenceEqual(expected)));

        Assert.Equal("", (string?)(await desk.SendAsync(HttpMethod.Get, Halls)).Body["halls"]![1]!["name"]!["zh"]);
        Directory.Delete(content, recursive: true);
    }

    [Fact]
    public async Task Nobody_names_rooms_over_what_they_have_not_read()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var (olga, ivan) = (new Desk(service.As("curator", "olga")), new Desk(service.As("curator", "ivan")));
        await ivan.SendAsync(HttpMethod.Put, Halls, Rooms((1, "Ivan's", "")), "\"0\"");

        var late = await olga.SendAsync(HttpMethod.Put, Halls, Rooms((1, "Olga's", "")), "\"0\"");
        Assert.Equal((HttpStatusCode.PreconditionFailed, "halls_changed"), (late.Status, (string?)late.Body["code"]));
        Assert.Contains("ivan", (string?)late.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(428, (int)(await olga.SendAsync(HttpMethod.Put, Halls, Rooms((1, "Olga's", "")))).Status);
    }

    [Theory]
    [InlineData(0, "A room", 2)]
    [InlineData(100, "A room", 2)]
    [InlineData(2, "A room", 2)]
    [InlineData(1, " ", 2)]
    public async Task A_room_has_a_number_of_its_own_and_a_name(int number, string name, int other)
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var refused = await new Desk(service.As("curator", "olga")).SendAsync(HttpMethod.Put, Halls, Rooms((number, name, ""), (other, "Another", "")), "*");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "halls_invalid"), (refused.Status, (string?)refused.Body["code"]));
    }

    private static object Rooms(params (int Number, string En, string Zh)[] rooms) =>
        new { halls = rooms.Select(r => new { number = r.Number, name = new { en = r.En, zh = r.Zh } }) };

    private static IEnumerable<(int Number, string En, string Zh)> Named(RunningService service)
    {
        using var lease = service.Get<ContentHolder>().Use();
        return [.. lease.Index.Halls.Select(h => (h.Number, h.Name.En, h.Name.Zh))];
    }
}
