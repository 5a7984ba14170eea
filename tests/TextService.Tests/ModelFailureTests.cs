using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Resilience;
using Museum.TestKit;
using Museum.Text.V1;
using Museum.TextService.Conversation;
using Museum.TextService.Generation;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>A model that fails, hangs or is not there, over the real OpenAI client and real HTTP; the model itself is scripted.</summary>
public sealed class ModelFailureTests
{
    [Fact]
    public async Task When_the_time_was_spent_before_the_model_could_begin_the_curators_sentences_answer()
    {
        await using var model = await ScriptedModel.StartAsync(ScriptedModel.Says("Edvard Munch painted it."));
        await using var service = await StartAsync(model);
        var time = new ManualTime();
        var budget = new TurnBudget(TimeSpan.FromSeconds(30), time);
        // Redis and an external SRS took it.
        time.Advance(TimeSpan.FromSeconds(29));
        var parts = await service.Get<TurnRunner>().RunAsync(new TurnRequest { Text = "Who painted The Scream?", Budget = budget }, NoFunctions.Instance, CancellationToken.None).ToListAsync();
        Assert.Equal(ExtractionComposer.Name, parts.OfType<AnswerPart.Done>().Single().Composer);
        Assert.Empty(model.Requests);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(401)]
    public async Task A_model_that_fails_before_its_first_word_gives_way_to_extraction(int status)
    {
        await using var model = await ScriptedModel.StartAsync([.. Enumerable.Repeat<Func<ScriptedModel.Reply, Task>>(r => r.StatusAsync(status), 8)]);
        await using var service = await StartAsync(model);
        // Or it might be seen well again before anybody looks.
        model.ProbeStatus = 503;
        await AssertExtractionAsync(service);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task A_request_that_the_model_cannot_take_leaves_it_to_the_next_visitor(int status)
    {
        await using var model = await ScriptedModel.StartAsync(
            [.. Enumerable.Repeat<Func<ScriptedModel.Reply, Task>>(r => r.StatusAsync(status), 5), ScriptedModel.Says("Edvard Munch painted it.")]);
        await using var service = await StartAsync(model);
        for (var bad = 0; bad < 5; bad++)
        {
            Assert.Equal("extraction", (string?)(await service.AskAsync("Who painted The Scream?"))["composer"]);
        }

        Assert.Equal("scripted", (string?)(await service.AskAsync("Who painted The Scream?"))["composer"]);
        var health = JsonNode.Parse(await service.Http.GetStringAsync("/health"))!;
        Assert.Equal("ok", (string?)health["capabilities"]!["llm"]!["state"]);
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
        model.ProbeStatus = 503;
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

    private static async Task AssertExtractionAsync(RunningService service)
    {
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Equal("extraction", (string?)answer["composer"]);
        Assert.Contains("Edvard Munch", (string?)answer["answer"], StringComparison.Ordinal);
        var health = JsonNode.Parse(await service.Http.GetStringAsync("/health"))!;
        Assert.Equal("degraded", (string?)health["capabilities"]!["llm"]!["state"]);
    }
}
