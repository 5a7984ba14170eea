using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.AppHost.Tests;

/// <summary>Who may come in, and what is turned away, at the suite's one door.</summary>
[Collection(SuiteCollection.Name)]
public sealed class DoorTests(Suite suite)
{
    [Theory]
    [InlineData("en", "Who painted The Starry Night?", "Vincent van Gogh")]
    [InlineData("zh", "《星月夜》是谁画的？", "梵高")]
    public async Task A_question_over_HTTP_is_answered_with_sources(string language, string question, string fact)
    {
        using var http = await suite.ClientAsync();
        var answer = (await (await http.PostAsJsonAsync("/api/text/process", new { text = question, language })).Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Contains(fact, (string)answer["answer"]!, StringComparison.Ordinal);
        Assert.Equal("starry-night", (string?)answer["sources"]![0]!["id"]);
        Assert.True((bool)answer["grounded"]!);
        Assert.NotNull(answer["session_id"]);
        Assert.NotNull(answer["turn_id"]);
        Assert.NotEmpty(answer["timing"]!.AsObject());
    }

    public static TheoryData<string> BadBodies =>
    [
        """{"text":""}""", """{"text":"   "}""", """{"text":7}""", """{"text":["a"]}""", "{", "", "null", """{"question":"x"}""",
        $$"""{"text":"{{new string('a', 10_001)}}"}""", """{"text":"hi","history":"x"}""",
    ];

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_bad_question_gets_problem_details_that_say_why(string body)
    {
        using var http = await suite.ClientAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("/api/text/process", UriKind.Relative), content).SoonAsync();
        Assert.InRange((int)response.StatusCode, 400, 422);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("client", (string?)problem["category"]);
        Assert.False((bool)problem["retryable"]!);
        Assert.NotEmpty((string)problem["code"]!);
        Assert.NotEmpty((string)problem["trace_id"]!);
    }

    [Fact]
    public async Task Without_a_token_or_with_a_forged_one_nobody_is_answered()
    {
        using var nobody = new HttpClient { BaseAddress = suite.Address };
        using var refused = await nobody.PostAsJsonAsync("/api/text/process", new { text = "Who?" });
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        var (token, _) = await suite.VisitorAsync();
        using var forger = await suite.ClientAsync(token[..^8] + "AAAAAAAA");
        using var forged = await forger.PostAsJsonAsync("/api/text/process", new { text = "Who?" });
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        await Assert.ThrowsAsync<WebSocketException>(() => ProtocolClient.ConnectAsync(suite.Socket(), token[..^8] + "AAAAAAAA"));
    }

    [Fact]
    public async Task A_deleted_session_is_refused_everywhere()
    {
        var (token, session) = await suite.VisitorAsync();
        using var http = await suite.ClientAsync(token);
        using var before = await http.PostAsJsonAsync("/api/text/process", new { text = "Who painted The Starry Night?" });
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        using var deleted = await http.DeleteAsync(new Uri($"/api/session/{session}", UriKind.Relative));
        Assert.True(deleted.IsSuccessStatusCode);
        await Eventually.TrueAsync(async () =>
        {
            using var after = await http.PostAsJsonAsync("/api/text/process", new { text = "Who painted The Starry Night?" });
            return after.StatusCode == HttpStatusCode.Unauthorized;
        });
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/museum.session.v1.Sessions/Renew")]
    [InlineData("/api/text/../../health/../alive")]
    [InlineData("/textservice/health")]
    public async Task Internal_paths_lead_nowhere(string path)
    {
        using var http = await suite.ClientAsync();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative)).SoonAsync();
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_gateway_tells_how_every_service_is_and_describes_every_path()
    {
        using var nobody = new HttpClient { BaseAddress = suite.Address };
        var status = (await nobody.GetFromJsonAsync<JsonObject>("/api/status"))!;
        Assert.Superset(
            new HashSet<string> { "sessionservice", "textservice", "audioservice", "avatarservice", "voicecallservice" },
            status["services"]!.AsObject().Select(s => s.Key).ToHashSet());
        // Of a service that has just come, the gateway asks for its part soon.
        string[] wanted = ["/api/text/process", "/api/audio/tts", "/api/auth/visitor", "/api/session/validate/{id}", "/api/status"];
        await Eventually.TrueAsync(async () => (await nobody.GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!["paths"]!.AsObject()
            .Select(p => p.Key.Replace("{session_id}", "{id}", StringComparison.Ordinal).Replace("{sessionId}", "{id}", StringComparison.Ordinal)).ToHashSet().IsSupersetOf(wanted));
    }

    [Fact]
    public async Task A_sentence_can_be_had_as_a_sound_file()
    {
        using var http = await suite.ClientAsync();
        using var response = await http.PostAsJsonAsync("/api/audio/tts", new { text = "The sky is blue.", language = "en", format = "wav" });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var wav = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("RIFF", Encoding.ASCII.GetString(wav, 0, 4));
        Assert.True(wav.Length > 16_000);
    }
}
