using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>Which endpoint is asked, in which order, and with what.</summary>
public sealed class EndpointTests
{
    private const string Question = "Who painted The Scream?";

    [Theory]
    [InlineData("refuses")]
    [InlineData("hangs")]
    public async Task When_the_first_endpoint_fails_the_next_answers_in_the_same_turn(string how)
    {
        await using var first = await ScriptedModel.StartAsync([.. Enumerable.Repeat<Func<ScriptedModel.Reply, Task>>(r => how == "hangs" ? r.HangAsync() : r.StatusAsync(401), 4)]);
        await using var second = await ScriptedModel.StartAsync(ScriptedModel.Says("Edvard Munch painted it."));
        await using var service = await StartAsync(first, [.. Fallback("1", second), ("Llm:FirstTextSeconds", "0.5")]);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), Start(Question));
        Assert.Equal(("model-1", FinishReason.Complete), (parts[^1].Done.Composer, parts[^1].Done.Reason));
    }

    [Fact]
    public async Task A_slow_model_has_all_the_time_that_its_endpoint_is_given_until_the_first_text()
    {
        await using var model = await ScriptedModel.StartAsync();
        await using var service = await StartAsync(model, [.. Fallback("1", model), ("Llm:FirstTextSeconds", "30"), ("Llm:Fallbacks:1:FirstTextSeconds", "20")]);
        var pipelines = service.Get<IOptionsMonitor<PipelineOptions>>();
        Assert.Equal(TimeSpan.FromSeconds(30), pipelines.Get("llm").Timeout);
        Assert.Equal(TimeSpan.FromSeconds(20), pipelines.Get("llm.1").Timeout);
    }

    [Fact]
    public async Task Endpoints_are_asked_in_the_order_of_their_names_and_extraction_last()
    {
        await using var first = await ScriptedModel.StartAsync(r => r.StatusAsync(400));
        await using var second = await ScriptedModel.StartAsync(r => r.StatusAsync(400));
        await using var third = await ScriptedModel.StartAsync(r => r.StatusAsync(400));
        await using var service = await StartAsync(first, [.. Fallback("b", third), .. Fallback("a", second)]);
        var answer = await service.AskAsync(Question);
        Assert.Equal("extraction", (string?)answer["composer"]);
        Assert.Equal([1, 1, 1], new[] { first, second, third }.Select(m => m.Requests.Count));
    }

    [Fact]
    public async Task An_endpoint_is_sent_its_key_its_headers_and_the_limit_by_the_name_that_it_knows()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Edvard Munch painted it."), ScriptedModel.Says("Edvard Munch."));
        await using var service = await StartAsync(model, ("Llm:Headers:X-Museum", "yes"), ("Llm:MaxTokens", "77"), ("Llm:Temperature", "0.5"));
        await service.AskAsync(Question);
        Assert.Equal(("yes", "Bearer not-a-secret"), (model.Headers["X-Museum"].ToString(), model.Headers.Authorization.ToString()));
        var request = model.Requests.Single();
        Assert.Equal((77, 0.5, "scripted"), ((int)request["max_tokens"]!, (double)request["temperature"]!, (string?)request["model"]));
        Assert.Null(request["max_completion_tokens"]);
    }

    [Fact]
    public async Task By_the_new_name_where_it_is_wanted_and_without_functions_where_they_are_not_taken()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Edvard Munch painted it."));
        await using var service = await StartAsync(model, ("Llm:TokenLimit", "MaxCompletionTokens"), ("Llm:Tools", "false"));
        await service.AskAsync(Question);
        var request = model.Requests.Single();
        Assert.Equal(1024, (int)request["max_completion_tokens"]!);
        Assert.Null(request["max_tokens"]);
        Assert.Null(request["tools"]);
    }

    [Fact]
    public async Task A_small_window_keeps_the_rules_the_question_and_the_best_materials_and_drops_the_oldest_of_the_conversation()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Edvard Munch painted it."));
        await using var service = await StartAsync(model, ("Llm:ContextTokens", "2000"), ("Llm:MaxTokens", "200"));
        var start = Start("Who painted The Scream? " + new string('x', 5_000) + " Please tell me.");
        start.History.AddRange(Enumerable.Range(0, 20).Select(i => new Message { Role = i % 2 == 0 ? Role.Visitor : Role.Guide, Text = $"Message {i}. {new string('y', 400)}" }));
        await service.ConverseAsync(TokenIssuer.NewSession(), start);
        var messages = model.Requests.Single()["messages"]!.AsArray();
        var all = string.Concat(messages.Select(m => (string?)m!["content"]));
        Assert.Contains("【The Scream】", all, StringComparison.Ordinal);
        Assert.Contains("These rules stand above", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Message 0.", all, StringComparison.Ordinal);
        Assert.StartsWith("Who painted The Scream?", (string?)messages[^1]!["content"], StringComparison.Ordinal);
        Assert.EndsWith("Please tell me.", (string?)messages[^1]!["content"], StringComparison.Ordinal);
        // Four characters of English are about one token.
        Assert.InRange(all.Length / 4, 1, 1_800);
    }

    [Fact]
    public async Task Tokens_duration_and_first_words_are_measured_by_the_conventions_of_OpenTelemetry()
    {
        await using var model = await ScriptedModel.StartAsync(reply => reply.RawAsync(
            """data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"m","choices":[{"index":0,"delta":{"content":"Edvard Munch painted it."},"finish_reason":"stop"}]}""",
            """data: {"id":"x","object":"chat.completion.chunk","created":0,"model":"m","choices":[],"usage":{"prompt_tokens":812,"completion_tokens":9,"total_tokens":821}}""",
            "data: [DONE]"));
        await using var service = await StartAsync(model, ("Llm:Model", "measured"));
        using var listener = new MeterListener();
        var seen = new System.Collections.Concurrent.ConcurrentBag<(string Name, double Value, string Tags)>();
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            seen.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Museum.Generation")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((i, v, t, _) => Note(i, v, t));
        listener.SetMeasurementEventCallback<long>((i, v, t, _) => Note(i, v, t));
        listener.Start();
        await service.AskAsync(Question);
        var own = seen.Where(m => m.Tags.Contains("gen_ai.request.model=measured", StringComparison.Ordinal)).ToList();
        Assert.Contains(own, m => m.Name == "gen_ai.client.token.usage" && m.Value == 812 && m.Tags.Contains("gen_ai.token.type=input", StringComparison.Ordinal));
        Assert.Contains(own, m => m.Name == "gen_ai.client.token.usage" && m.Value == 9 && m.Tags.Contains("gen_ai.token.type=output", StringComparison.Ordinal));
        Assert.Contains(own, m => m.Name == "gen_ai.client.operation.duration" && m.Tags.Contains("gen_ai.operation.name=chat", StringComparison.Ordinal));
        Assert.Contains(own, m => m.Name == "gen_ai.client.operation.time_to_first_chunk");
    }

    private static (string, string)[] Fallback(string name, ScriptedModel model) =>
        [($"Llm:Fallbacks:{name}:BaseUrl", model.BaseUrl), ($"Llm:Fallbacks:{name}:Model", $"model-{name}")];
}
