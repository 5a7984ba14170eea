using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>Many questions in one request.</summary>
public sealed class BatchTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Fact]
    public async Task A_hundred_questions_are_answered_in_their_order()
    {
        using var response = await service.Http.PostAsJsonAsync("/api/text/batch", new { items = Enumerable.Range(0, 100).Select(i => new { text = i % 2 == 0 ? "Who painted The Scream?" : "" }) });
        var items = (await response.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray();
        Assert.Equal(Enumerable.Range(0, 100), items.Select(i => (int)i!["index"]!));
        Assert.All(items, item => Assert.True((int)item!["index"]! % 2 == 0 ? item["answer"] is not null && item["error"] is null : (string?)item["error"]!["code"] == "text_empty"));
    }

    [Fact]
    public async Task As_lines_each_answer_comes_when_it_is_done_and_says_which_it_is()
    {
        await using var model = await ScriptedModel.StartAsync(async reply => { await reply.TextAsync("One."); await reply.HangAsync(); }, ScriptedModel.Says("Two."));
        await using var running = await RunningService.WithModelAsync(model, ("Museum:Content", MuseumContent.Few), ("Text:Concurrency", "2"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/text/batch") { Content = JsonContent.Create(new { items = new[] { new { text = "What is a?" }, new { text = "What is b?" }, new { text = "" } } }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using var response = await running.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        // One answer has not ended: the others are told all the same.
        var early = new[] { await LineAsync(lines), await LineAsync(lines) };
        Assert.Contains(early, item => (string?)item["error"]?["code"] == "text_empty");
        Assert.Contains(early, item => (string?)item["answer"]?["answer"] == "Two.");
        Assert.Equal(2, early.Select(item => (int)item["index"]!).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_of_a_batch_is_remembered()
    {
        using var response = await service.Http.PostAsJsonAsync("/api/text/batch", new { items = new[] { new { text = "Who painted The Scream?", session_id = "batch" } } });
        Assert.Null((await response.Content.ReadFromJsonAsync<JsonObject>())!["items"]![0]!["answer"]!["tour"]);
        Assert.False((bool)(await service.AskAsync("When was it painted?", new { session_id = "batch" }))["grounded"]!);
    }

    private static async Task<JsonObject> LineAsync(StreamReader lines) => JsonNode.Parse((await lines.ReadLineAsync().SoonAsync())!)!.AsObject();
}
