using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>The model's part, over the real OpenAI client and real HTTP; the model itself is scripted.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task A_models_answer_streams_sentence_by_sentence_and_names_its_sources()
    {
        var sawFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await ScriptedModel.StartAsync(async reply =>
        {
            await reply.TextAsync("The Starry Night was painted by ");
            await reply.TextAsync("Vincent van Gogh. H");
            await sawFirst.Task.SoonAsync();
            await reply.TextAsync("e used oil on canvas.");
            await reply.EndAsync();
        });
        await using var service = await StartAsync(model);
        using var call = await OpenAsync(service, "Who painted The Starry Night?");
        Assert.Equal("The Starry Night was painted by Vincent van Gogh. ", (await call.UntilAsync(Kind.Delta)).Delta.Text);
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
            await reply.TextAsync("One. T");
            await goOn.Task.SoonAsync();
            await reply.TextAsync("wo.");
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
    public async Task Over_HTTP_the_model_answers_too()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Munch painted The Scream in 1893."));
        await using var service = await StartAsync(model);
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Equal("Munch painted The Scream in 1893.", (string?)answer["answer"]);
        Assert.Equal("scripted", (string?)answer["composer"]);
        Assert.Equal("scream", (string?)answer["sources"]![0]!["id"]);
    }
}
