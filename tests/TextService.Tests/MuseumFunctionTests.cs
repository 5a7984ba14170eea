using System.Text.Json.Nodes;
using Museum.TestKit;
using Museum.Text.V1;
using static TextService.Tests.ModelCalls;

namespace TextService.Tests;

/// <summary>The museum's own functions: answered here, or carried out by clients that name them.</summary>
public sealed class MuseumFunctionTests
{
    private const string Show = """{"name":"show_exhibit"}""";
    private const string Navigate = """{"name":"navigate_scene"}""";

    [Theory]
    [InlineData("get_exhibit_info", """{"exhibit":"Guernica"}""", "Pablo Picasso")]
    [InlineData("get_exhibit_info", """{"exhibit":"the moon"}""", "no exhibit of that name")]
    [InlineData("suggest_tour", """{"minutes":30}""", "stops")]
    [InlineData("suggest_tour", """{"minutes":"16","interest":"war"}""", "guernica")]
    [InlineData("suggest_tour", """{"interest":"dinosaur"}""", "nothing on that")]
    [InlineData("open_the_till", "{}", "no such function")]
    public async Task What_the_museum_knows_itself_the_client_is_not_asked(string name, string arguments, string told)
    {
        var (parts, model) = await CallAsync(name, arguments);
        await using (model)
        {
            Assert.DoesNotContain(parts, p => p.KindCase == Kind.FunctionCall);
            Assert.Contains(told, (string?)model.Requests.Last()["messages"]!.AsArray()[^1]!["content"], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("show_exhibit", """{"exhibit":"The Starry Night"}""", "exhibit_id", "starry-night")]
    [InlineData("show_exhibit", """{"exhibit":"星月夜"}""", "exhibit_id", "starry-night")]
    [InlineData("navigate_scene", """{"hall":"2","exhibit":"scream"}""", "exhibit_id", "scream")]
    [InlineData("navigate_scene", """{"exhibit":"mona-lisa"}""", "exhibit_id", "mona-lisa")]
    public async Task What_a_client_is_asked_to_do_names_what_the_museum_has(string name, string arguments, string member, string value)
    {
        var (parts, model) = await CallAsync(name, arguments, Show, Navigate);
        await using (model)
        {
            var call = parts.Single(p => p.KindCase == Kind.FunctionCall).FunctionCall;
            Assert.Equal((name, value), (call.Name, (string?)JsonNode.Parse(call.ArgumentsJson)![member]));
        }
    }

    [Theory]
    [InlineData("show_exhibit", """{"exhibit":"the Night Train"}""")]
    [InlineData("navigate_scene", """{"hall":99}""")]
    public async Task What_the_museum_does_not_have_no_client_is_asked_to_show(string name, string arguments)
    {
        var (parts, model) = await CallAsync(name, arguments, Show, Navigate);
        await using (model)
        {
            Assert.DoesNotContain(parts, p => p.KindCase == Kind.FunctionCall);
            Assert.Contains("error", (string?)model.Requests.Last()["messages"]!.AsArray()[^1]!["content"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Extraction_shows_what_it_speaks_of_to_a_client_that_can_and_again_when_the_answer_is_kept()
    {
        await using var service = await RunningService.StartAsync(("Museum:Content", MuseumContent.Few));
        for (var time = 0; time < 2; time++)
        {
            var start = Start("Who painted The Scream?");
            start.FunctionsJson.Add(Show);
            var parts = await service.ConverseAsync(TokenIssuer.NewSession(), start);
            var call = parts.Single(p => p.KindCase == Kind.FunctionCall).FunctionCall;
            Assert.Equal(("show_exhibit", "scream"), (call.Name, (string?)JsonNode.Parse(call.ArgumentsJson)!["exhibit_id"]));
        }

        Assert.DoesNotContain(await service.ConverseAsync(TokenIssuer.NewSession(), Start("Who painted The Scream?")), p => p.KindCase == Kind.FunctionCall);
    }

    [Theory]
    [InlineData("get_exhibit_info", """{"exhibit":"Guernica"}""", "Guernica was painted by Pablo Picasso in 1937.")]
    [InlineData("suggest_tour", "{}", "Begin with Guernica, and take your time.")]
    public async Task What_is_said_from_a_functions_result_names_the_exhibit_it_stands_on_and_it_is_what_it_means_next(string name, string arguments, string says)
    {
        await using var model = await ScriptedModel.StartAsync(Calls(name, arguments), ScriptedModel.Says(says), ScriptedModel.Says("It was painted by Pablo Picasso."));
        await using var service = await StartAsync(model);
        var session = TokenIssuer.NewSession();
        var parts = await service.ConverseAsync(session, Start("And what else would you show me?"));
        var sentence = parts.Single(p => p.KindCase == Kind.Sentence).Sentence;
        Assert.Equal((says, false), (sentence.Text, sentence.Unsupported));
        Assert.Equal(["guernica"], sentence.SourceIds);
        var source = Assert.Single(parts.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits);
        Assert.Equal(("guernica", source.Quote), (source.Id, Assert.Single(source.Passages)));
        Assert.True(parts[^1].Done.Grounded);
        var next = await service.ConverseAsync(session, Start("Who painted it?", 2));
        Assert.Equal("guernica", next.Single(p => p.KindCase == Kind.Sources).Sources.Exhibits[0].Id);
    }

    [Fact]
    public async Task What_is_said_after_a_function_found_nothing_stands_on_nothing()
    {
        await using var model = await ScriptedModel.StartAsync(Calls("get_exhibit_info", """{"exhibit":"the moon"}"""), ScriptedModel.Says("Many have dreamt of such a thing."));
        await using var service = await StartAsync(model);
        var parts = await service.ConverseAsync(TokenIssuer.NewSession(), Start("Where do you keep the moon?"));
        Assert.False(parts[^1].Done.Grounded);
    }

    [Fact]
    public async Task A_model_that_calls_functions_without_end_does_not_keep_the_visitor_from_an_answer()
    {
        await using var model = await ScriptedModel.StartAsync([.. Enumerable.Repeat<Func<ScriptedModel.Reply, Task>>(Calls("suggest_tour", "{}"), 6)]);
        await using var service = await StartAsync(model);
        var answer = await service.AskAsync("Who painted The Scream?");
        Assert.Contains("Edvard Munch", (string?)answer["answer"], StringComparison.Ordinal);
        Assert.Equal("none", (string?)model.Requests.Last()["tool_choice"]);
    }

    private static Func<ScriptedModel.Reply, Task> Calls(string name, string arguments) => async reply =>
    {
        await reply.CallAsync("call_1", name, arguments);
        await reply.EndAsync("tool_calls");
    };

    private static async Task<(List<ConverseResponse> Parts, ScriptedModel Model)> CallAsync(string name, string arguments, params string[] functions)
    {
        var model = await ScriptedModel.StartAsync(Calls(name, arguments), ScriptedModel.Says("The Scream was painted by Edvard Munch."));
        await using var service = await StartAsync(model);
        var start = Start("Who painted The Scream?");
        start.FunctionsJson.AddRange(functions);
        return (await service.ConverseAsync(TokenIssuer.NewSession(), start), model);
    }
}
