using System.Text.Json.Nodes;
using Museum.TestKit;
using Museum.Text.V1;

namespace TextService.Tests;

/// <summary>The model's part, over the real OpenAI client and real HTTP; the model itself is scripted.</summary>
public sealed class ModelTests
{
    private const string Zoom = """{"name":"zoom","description":"Zooms in on a detail.","parameters":{"type":"object","properties":{"area":{"type":"string"}}}}""";

    [Fact]
    public async Task A_models_answer_streams_as_it_is_written_and_names_its_sources()
    {
        var sawFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("The Starry Night was painted by ");
            await sawFirst.Task.SoonAsync();
            await reply.TextAsync("Vincent van Gogh. He used oil on canvas.");
            await reply.EndAsync();
        });
        await using var service = await StartAsync(model);
        using var call = await OpenAsync(service, "Who painted The Starry Night?");
        Assert.Equal("The Starry Night was painted by ", (await call.UntilAsync(Kind.Delta)).Delta.Text);
        sawFirst.SetResult();
        var parts = await call.RestAsync();
        Assert.Equal(["The Starry Night was painted by Vincent van Gogh.", "He used oil on canvas."], parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Text));
        Assert.Equal("starry-night", parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
        var done = parts[^1].Done;
        Assert.Equal(("scripted", FinishReason.Complete, true), (done.Composer, done.Reason, done.Grounded));
    }

    [Fact]
    public async Task A_scraper_finds_the_model_s_work_among_what_every_service_owes_it()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Yes."));
        await using var service = await StartAsync(model);
        await service.AskAsync("Who painted The Starry Night?");
        await MetricsPage.CheckAsync(service.Http, "museum_text_first_text_seconds_bucket", "museum_text_answers_total", "museum_cache_requests_total", "inference_duration_seconds_bucket");
    }

    [Fact]
    public async Task The_model_is_given_role_scene_materials_language_and_what_was_said()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Yes."));
        await using var service = await StartAsync(model);
        var start = Start("《星月夜》是谁画的？");
        (start.RoleDescription, start.SceneDescription) = ("You are a pirate.", "Hall 2, before the window.");
        start.History.Add(new Message { Role = Role.Visitor, Text = "你好" });
        await service.ConverseAsync(TokenIssuer.NewSession(), start);
        var request = model.Requests.Single();
        var messages = request["messages"]!.AsArray();
        var system = (string?)messages[0]!["content"];
        Assert.Contains("You are a pirate.", system, StringComparison.Ordinal);
        Assert.Contains("Hall 2, before the window.", system, StringComparison.Ordinal);
        Assert.Contains("Simplified Chinese", system, StringComparison.Ordinal);
        Assert.Contains("【星月夜】", system, StringComparison.Ordinal);
        Assert.Contains("馆里的资料没有提到，我不想乱猜。", system, StringComparison.Ordinal);
        Assert.Equal(["system", "user", "user"], messages.Select(m => (string?)m!["role"]));
        Assert.True((bool)request["stream"]!);
    }

    [Fact]
    public async Task A_model_that_does_not_know_is_not_grounded_and_has_no_sources()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Our texts don’t say, and I won’t guess. Ask me about the sky."));
        await using var service = await StartAsync(model);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), Start("What did van Gogh eat that night?"));
        Assert.False(parts[^1].Done.Grounded);
        Assert.Empty(parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    [InlineData(400)]
    public async Task A_model_that_fails_before_its_first_word_gives_way_to_extraction(int status)
    {
        await using var model = await ScriptedModel.StartAsync([.. Enumerable.Repeat<Func<ScriptedModel.Reply, Task>>(r => r.StatusAsync(status), 8)]);
        await using var service = await StartAsync(model);
        await AssertExtractionAsync(service);
    }

    [Fact]
    public async Task A_model_that_is_not_there_gives_way_to_extraction()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few), ("Llm:BaseUrl", $"http://127.0.0.1:{FreePorts.Take(1)[0]}/v1"), ("Llm:Model", "nobody"));
        await AssertExtractionAsync(service);
    }

    [Fact]
    public async Task A_model_that_hangs_gives_way_to_extraction()
    {
        await using var model = await ScriptedModel.StartAsync(r => r.HangAsync());
        await using var service = await StartAsync(model, ("Llm:FirstTextSeconds", "0.5"));
        await AssertExtractionAsync(service);
        await model.Closed.Task.SoonAsync();
    }

    [Fact]
    public async Task A_model_that_comes_back_after_a_failure_answers_in_the_same_turn()
    {
        await using var model = await ScriptedModel.StartAsync(r => r.StatusAsync(503), ScriptedModel.Says("Back."));
        await using var service = await StartAsync(model);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), Start("Who painted The Scream?"));
        Assert.Equal("scripted", parts[^1].Done.Composer);
    }

    [Fact]
    public async Task While_the_model_is_down_it_is_not_asked()
    {
        await using var model = await ScriptedModel.StartAsync();
        await using var service = await StartAsync(model);
        model.ProbeStatus = 503;
        await AssertExtractionAsync(service);
        await AssertExtractionAsync(service);
        var asked = model.Requests.Count;
        await AssertExtractionAsync(service);
        Assert.Equal(asked, model.Requests.Count);
    }

    [Fact]
    public async Task A_model_that_breaks_off_midway_leaves_what_it_said()
    {
        var sawFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("The Scream was painted by Munch. It is");
            await sawFirst.Task.SoonAsync();
            await reply.BreakAsync();
        });
        await using var service = await StartAsync(model);
        using var call = await OpenAsync(service, "Who painted The Scream?");
        List<ConverseResponse> parts = [await call.UntilAsync(Kind.Sentence)];
        sawFirst.SetResult();
        parts.AddRange(await call.RestAsync());
        Assert.Equal(["The Scream was painted by Munch.", "It is"], parts.Where(p => p.KindCase == Kind.Sentence).Select(p => p.Sentence.Text));
        Assert.Equal(FinishReason.Failed, parts[^1].Done.Reason);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task An_interrupt_closes_the_models_request()
    {
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("One sentence. And ");
            await reply.HangAsync();
        });
        await using var service = await StartAsync(model);
        using var call = await OpenAsync(service, "Tell me about Guernica");
        await call.UntilAsync(Kind.Delta);
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt { ThroughTurn = 1 } });
        var parts = await call.RestAsync();
        Assert.Equal(FinishReason.Interrupted, parts[^1].Done.Reason);
        await model.Closed.Task.SoonAsync();
    }

    [Fact]
    public async Task An_interrupt_of_an_earlier_turn_changes_nothing()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("One. ");
            await goOn.Task.SoonAsync();
            await reply.TextAsync("Two.");
            await reply.EndAsync();
        });
        await using var service = await StartAsync(model);
        using var call = await OpenAsync(service, "Tell me about Guernica", turn: 5);
        await call.UntilAsync(Kind.Delta);
        await call.RequestStream.WriteAsync(new ConverseRequest { Interrupt = new Interrupt { ThroughTurn = 4 } });
        goOn.SetResult();
        Assert.Equal(FinishReason.Complete, (await call.RestAsync())[^1].Done.Reason);
    }

    [Fact]
    public async Task A_client_that_goes_away_closes_the_models_request()
    {
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("One sentence. And ");
            await reply.HangAsync();
        });
        await using var service = await StartAsync(model);
        using (var call = await OpenAsync(service, "Tell me about Guernica"))
        {
            await call.UntilAsync(Kind.Delta);
        }

        await model.Closed.Task.SoonAsync();
    }

    [Fact]
    public async Task A_function_call_goes_to_the_client_and_its_result_back_to_the_model()
    {
        await using var model = await ScriptedModel.StartAsync(
            async reply =>
            {
                await reply.TextAsync("Look. ");
                await reply.CallAsync("call_1", "zoom", """{"area":"sky"}""");
                await reply.EndAsync("tool_calls");
            },
            ScriptedModel.Says("That is the sky."));
        await using var service = await StartAsync(model);
        var start = Start("Show me the sky of The Starry Night");
        start.FunctionsJson.Add(Zoom);
        using var call = service.Guide.Converse(service.As(TokenIssuer.NewSession()));
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = start });
        var asked = (await call.UntilAsync(Kind.FunctionCall)).FunctionCall;
        Assert.Equal(("call_1", "zoom", """{"area":"sky"}"""), (asked.CallId, asked.Name, asked.ArgumentsJson));
        await call.RequestStream.WriteAsync(new ConverseRequest { FunctionResult = new FunctionResult { CallId = "call_1", Name = "zoom", IsSuccess = true, ResultJson = """{"zoomed":true}""" } });
        var parts = await call.RestAsync();
        Assert.Contains(parts, p => p.KindCase == Kind.Sentence && p.Sentence.Text == "That is the sky.");
        Assert.Equal("zoom", (string?)model.Requests.First()["tools"]![0]!["function"]!["name"]);
        var second = model.Requests.Last()["messages"]!.AsArray();
        Assert.Equal("""{"zoomed":true}""", (string?)second[^1]!["content"]);
        Assert.Equal("call_1", (string?)second[^1]!["tool_call_id"]);
    }

    [Fact]
    public async Task A_client_that_closed_its_side_is_not_waited_for()
    {
        await using var model = await ScriptedModel.StartAsync(
            async reply =>
            {
                await reply.CallAsync("call_1", "zoom", "{}");
                await reply.EndAsync("tool_calls");
            },
            ScriptedModel.Says("I could not zoom."));
        await using var service = await StartAsync(model);
        var start = Start("Zoom");
        start.FunctionsJson.Add(Zoom);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), start);
        Assert.Contains(parts, p => p.KindCase == Kind.Sentence && p.Sentence.Text == "I could not zoom.");
        Assert.Contains("error", (string?)model.Requests.Last()["messages"]!.AsArray()[^1]!["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_that_are_no_functions_are_left_out()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Yes."));
        await using var service = await StartAsync(model);
        var start = Start("Hello");
        start.FunctionsJson.AddRange(["not json", """{"name":"no spaces here"}""", """{"description":"nameless"}""", "[]", $$"""{"type":"function","function":{{Zoom}}}"""]);
        await service.ConverseAsync(TokenIssuer.NewSession(), start);
        Assert.Equal(["zoom"], model.Requests.Single()["tools"]!.AsArray().Select(t => (string?)t!["function"]!["name"]));
    }

    [Fact]
    public async Task Over_HTTP_the_model_answers_too()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Munch painted The Scream in 1893."));
        await using var service = await StartAsync(model);
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Equal("Munch painted The Scream in 1893.", (string?)answer["answer"]);
        Assert.Equal("scripted", (string?)answer["composer"]);
        Assert.Equal("scream", (string?)answer["sources"]![0]!["id"]);
    }

    private static async Task AssertExtractionAsync(RunningService service)
    {
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Equal("extraction", (string?)answer["composer"]);
        Assert.Contains("Edvard Munch", (string?)answer["answer"], StringComparison.Ordinal);
        var health = JsonNode.Parse(await service.Http.GetStringAsync("/health"))!;
        Assert.Equal("degraded", (string?)health["capabilities"]!["llm"]!["state"]);
    }

    private static Task<RunningService> StartAsync(ScriptedModel model, params (string, string)[] more) =>
        RunningService.WithModelAsync(model, [("Museum:Content", MuseumContent.Few), ("Llm:ApiKey", "not-a-secret"), .. more]);

    private static async Task<global::Grpc.Core.AsyncDuplexStreamingCall<ConverseRequest, ConverseResponse>> OpenAsync(RunningService service, string text, long turn = 1)
    {
        var call = service.Guide.Converse(service.As(TokenIssuer.NewSession()));
        await call.RequestStream.WriteAsync(new ConverseRequest { Start = Start(text, turn) });
        return call;
    }

    private static ConverseStart Start(string text, long turn = 1) => new() { Text = text, TurnId = turn, EnableRetrieval = true };
}
