using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace TextService.Tests;

/// <summary>One service for the tests that only ask.</summary>
public sealed class SharedService : IAsyncLifetime
{
    public RunningService Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await RunningService.StartAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();
}

public sealed class ProcessTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly RunningService service = shared.Service;

    [Fact]
    public async Task Who_asks_while_the_content_is_being_read_waits_for_it()
    {
        await using var early = await RunningService.LaunchAsync(("Museum:Content", MuseumContent.Few));
        Assert.Contains("Vincent van Gogh", (string?)(await early.AskAsync("Who painted The Starry Night?"))["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_gets_an_answer_with_its_source_quoted_word_for_word()
    {
        var answer = await service.AskAsync("Who painted The Starry Night?");
        Assert.Contains("Vincent van Gogh", (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Equal("en", (string?)answer["language"]);
        Assert.True((bool)answer["grounded"]!);
        var source = answer["sources"]![0]!;
        Assert.Equal("starry-night", (string?)source["id"]);
        Assert.Equal("The Starry Night", (string?)source["title"]);
        Assert.InRange((double)source["score"]!, 0.0, 1.0);
        Assert.Contains((string)source["quote"]!, await File.ReadAllTextAsync(Path.Combine(MuseumContent.Folder, "exhibits", "starry-night.md")), StringComparison.Ordinal);
        Assert.Equal(service.Session, (string?)answer["session_id"]);
        Assert.True((long)answer["turn_id"]! >= 1);
        Assert.True((double)answer["timing"]!["total_ms"]! > 0);
        Assert.Equal("extraction", (string?)answer["composer"]);
        Assert.InRange(answer["suggestions"]!.AsArray().Count, 1, 3);
    }

    [Fact]
    public async Task A_Chinese_question_gets_a_Chinese_answer()
    {
        var answer = await service.AskAsync("《星月夜》是谁画的？");
        Assert.Contains("梵高", (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Equal("zh", (string?)answer["language"]);
        Assert.Equal("星月夜", (string?)answer["sources"]![0]!["title"]);
    }

    [Fact]
    public async Task The_language_asked_for_is_answered_in()
    {
        var answer = await service.AskAsync("Who painted The Starry Night?", new { language = "zh-CN" });
        Assert.Equal("zh", (string?)answer["language"]);
        Assert.Contains("梵高", (string?)answer["answer"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("how much is a ticket?", "Our texts don’t say, and I won’t guess.")]
    [InlineData("门票多少钱？", "馆里的资料没有提到，我不想乱猜。")]
    public async Task What_the_content_does_not_say_is_not_guessed(string ask, string words)
    {
        var answer = await service.AskAsync(ask);
        Assert.False((bool)answer["grounded"]!);
        Assert.StartsWith(words, (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Empty(answer["sources"]!.AsArray());
        Assert.Equal(3, answer["suggestions"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_follow_up_is_understood_from_the_history_that_is_sent_along()
    {
        object[] history = [new { role = "visitor", text = "Who painted the Mona Lisa?" }, new { role = "guide", text = "The Mona Lisa is a portrait painted by Leonardo da Vinci." }];
        var answer = await service.AskAsync("When was it painted?", new { history });
        Assert.Equal("mona-lisa", (string?)answer["sources"]![0]!["id"]);
        Assert.Contains("1503", (string?)answer["answer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_is_understood_from_what_the_session_remembers()
    {
        var session = new { session_id = "a-conversation" };
        var first = await service.AskAsync("《蒙娜丽莎》是谁画的？", session);
        var second = await service.AskAsync("它现在在哪里？", session);
        Assert.Equal("mona-lisa", (string?)second["sources"]![0]!["id"]);
        Assert.Contains("卢浮宫", (string?)second["answer"], StringComparison.Ordinal);
        Assert.Equal((long)first["turn_id"]! + 1, (long)second["turn_id"]!);
        Assert.Equal("a-conversation", (string?)second["session_id"]);
    }

    [Theory]
    [InlineData("""{"text":""}""", "text_empty")]
    [InlineData("""{"text":"   "}""", "text_empty")]
    [InlineData("""{}""", "text_missing")]
    [InlineData("""{"text":5}""", "malformed_request")]
    [InlineData("""{"text":"a","history":"b"}""", "malformed_request")]
    [InlineData("""{"text":"a","history":[{"role":"king","text":"b"}]}""", "history_invalid")]
    [InlineData("""{"text":"a","history":[{"role":"guide"}]}""", "history_invalid")]
    [InlineData("""{"text":""", "malformed_request")]
    [InlineData("", "malformed_request")]
    [InlineData("null", "malformed_request")]
    public async Task Bad_input_is_refused_with_a_code(string body, string code)
    {
        using var response = await PostAsync("/api/text/process", body);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(code, (string?)problem!["code"]);
        Assert.Equal("client", (string?)problem["category"]);
        Assert.False((bool)problem["retryable"]!);
        Assert.NotEmpty((string)problem["trace_id"]!);
    }

    [Fact]
    public async Task A_text_of_10_000_characters_is_taken_and_one_more_is_not()
    {
        using var longest = await PostAsync("/api/text/process", $$"""{"text":"{{new string('a', 10_000)}}"}""");
        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        using var tooLong = await PostAsync("/api/text/process", $$"""{"text":"{{new string('a', 10_001)}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal("text_too_long", (string?)(await tooLong.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/text/process") { Content = JsonContent.Create(new { text = "Who painted The Starry Night?" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "forged");
        using var response = await service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Another_visitors_session_id_opens_nothing()
    {
        await service.AskAsync("Who painted the Mona Lisa?");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/text/process")
        {
            Content = JsonContent.Create(new { text = "When was it painted?", session_id = service.Session }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", service.TokenOf(TokenIssuer.NewSession()));
        using var response = await service.Http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.False((bool)answer!["grounded"]!);
    }

    [Fact]
    public async Task A_batch_is_answered_in_order_and_its_faults_stay_their_own()
    {
        using var response = await PostAsync("/api/text/batch", """{"items":[{"text":"Who painted The Scream?"},{"text":""},{"text":"《夜巡》是谁画的？"}]}""");
        var items = (await response.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray();
        Assert.Contains("Munch", (string?)items[0]!["answer"]!["answer"], StringComparison.Ordinal);
        Assert.Equal("text_empty", (string?)items[1]!["error"]!["code"]);
        Assert.Contains("伦勃朗", (string?)items[2]!["answer"]!["answer"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_batch_has_one_to_a_hundred_items(int count)
    {
        var items = string.Join(',', Enumerable.Repeat("""{"text":"a"}""", count));
        using var response = await PostAsync("/api/text/batch", $$"""{"items":[{{items}}]}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("batch_size", (string?)(await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task The_API_document_describes_both_calls()
    {
        var document = await service.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json");
        Assert.NotNull(document!["paths"]!["/api/text/process"]!["post"]);
        Assert.NotNull(document["paths"]!["/api/text/batch"]!["post"]);
        Assert.Contains("session_id", document["components"]!["schemas"]!["ProcessRequest"]!["properties"]!.AsObject().Select(p => p.Key));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => service.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
