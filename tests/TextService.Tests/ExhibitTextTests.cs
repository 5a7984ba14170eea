using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>What a visitor may read of the exhibits.</summary>
public sealed class ExhibitTextTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task A_visitor_reads_an_exhibit_in_either_language_with_its_room_and_what_one_may_ask()
    {
        await using var service = await RunningService.StartAsync();
        var english = await service.Http.GetFromJsonAsync<JsonNode>("/api/exhibits/starry-night?language=en");
        Assert.Equal(("The Starry Night", "星月夜"), ((string?)english!["title"]!["en"], (string?)english["title"]!["zh"]));
        Assert.Equal(("en", "Vincent van Gogh", 2), ((string?)english["language"], (string?)english["maker"], (int?)english["hall"]));
        Assert.Contains("cypress", english["text"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(3, english["suggested"]!.AsArray().Count);

        var chinese = await service.Http.GetFromJsonAsync<JsonNode>("/api/exhibits/starry-night?language=zh-CN");
        Assert.Equal(("zh", "文森特·梵高"), ((string?)chinese!["language"], (string?)chinese["maker"]));
        Assert.NotEqual((string?)english["hall_name"], (string?)chinese["hall_name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync("/api/exhibits/no-such-thing")).StatusCode);
    }

    [Fact]
    public async Task All_texts_come_page_by_page_and_not_again_while_they_are_the_same()
    {
        await using var service = await RunningService.StartAsync();
        var ids = new HashSet<string>();
        JsonNode page;
        for (var number = 1; ; number++)
        {
            page = (await service.Http.GetFromJsonAsync<JsonNode>($"/api/exhibits?language=zh&size=30&page={number}"))!;
            var found = page["exhibits"]!.AsArray();
            if (found.Count == 0)
            {
                break;
            }

            Assert.All(found, e => Assert.True(ids.Add((string)e!["id"]!)));
        }

        Assert.Equal((int)page["total"]!, ids.Count);
        var first = await service.Http.GetAsync("/api/exhibits?language=zh");
        Assert.Equal(HttpStatusCode.NotModified, (await ReadAsync(service, first.Headers.ETag!.ToString(), "zh")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(service, first.Headers.ETag.ToString(), "en")).StatusCode);
        Assert.Equal(422, (int)(await service.Http.GetAsync("/api/exhibits?size=101")).StatusCode);
    }

    [Fact]
    public async Task What_is_not_live_is_read_by_nobody_and_what_is_published_is_new_content()
    {
        await using var service = await RunningService.WithCuratorsAsync(redis);
        var before = (await service.Http.GetAsync("/api/exhibits")).Headers.ETag!.ToString();
        var desk = new Desk(service.As("curator", "writer"));
        await desk.SendAsync(HttpMethod.Post, "", new { id = "zanzibar-bowl", document = CuratorTests.Bowl("glass") });
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync("/api/exhibits/zanzibar-bowl")).StatusCode);
        await desk.SendAsync(HttpMethod.Post, "/zanzibar-bowl/submit", null, "*");
        await desk.SendAsync(HttpMethod.Post, "/zanzibar-bowl/publish", null, "*");
        await Eventually.TrueAsync(async () => (await service.Http.GetAsync("/api/exhibits/zanzibar-bowl")).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(service, before, "en")).StatusCode);
    }

    [Fact]
    public async Task Nobody_reads_without_a_token()
    {
        await using var service = await RunningService.StartAsync();
        using var stranger = new HttpClient { BaseAddress = service.Http.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/exhibits/starry-night")).StatusCode);
    }

    private static Task<HttpResponseMessage> ReadAsync(RunningService service, string etag, string language)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/exhibits?language={language}");
        request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return service.Http.SendAsync(request);
    }
}
