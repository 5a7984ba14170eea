using System.Text.Json.Nodes;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests;

/// <summary>What passes between a client and the guide beside the words.</summary>
[Collection(CallCollection.Name)]
public sealed class GuideMessagesTests(CallHost host)
{
    [Theory]
    [InlineData("/ws/text/stream")]
    [InlineData("/ws/agent/stream")]
    public async Task The_guide_is_told_where_its_visitor_is_and_how_to_answer(string path)
    {
        await using var client = await ProtocolClient.ConnectAsync(host.Address(path), host.Tokens.Token());
        await client.SendAsync("REGISTER", new
        {
            platform = "WEB",
            function_calling = Array.Empty<object>(),
            features = new[] { "speech_events" },
            system_prompt = new { role_description = "You are an old sailor.", response_requirements = "Speak of the sea." },
            scene_context = new { current_scene = "hall_2", scene_description = "A dark hall.", keywords = new[] { "night", null }, scene_specific_prompt = "Whisper.", hall = 2, exhibit_id = "starry-night" },
        });
        await client.ReceiveAnswerAsync(await client.AskAsync($"Who? {path}"));
        var asked = host.Guide.Asked.Last(a => a.Text == $"Who? {path}");
        Assert.Equal(("You are an old sailor.", "Speak of the sea.", "A dark hall."), (asked.RoleDescription, asked.ResponseRequirements, asked.SceneDescription));
        Assert.Equal((2, "starry-night", "hall_2", "Whisper.", "night"), (asked.Scene.Hall, asked.Scene.ExhibitId, asked.Scene.Name, asked.Scene.Prompt, asked.Scene.Keywords.Single()));

        await client.SendAsync("REQUEST", new { request_id = "walks" + path, data_type = "TEXT", content = new { text = $"And this? {path}" }, update_session = new { scene_context = new { exhibit_id = "scream" } } });
        await client.ReceiveAnswerAsync("walks" + path);
        Assert.Equal("scream", host.Guide.Asked.Last(a => a.Text == $"And this? {path}").Scene.ExhibitId);
    }

    [Fact]
    public async Task A_client_that_says_nothing_of_a_scene_tells_the_guide_nothing_of_one()
    {
        await using var client = await host.RegisterAsync(voice: false);
        await client.ReceiveAnswerAsync(await client.AskAsync("Where?"));
        Assert.Null(host.Guide.Asked.Last(a => a.SessionId == client.SessionId).Scene);
    }

    [Fact]
    public async Task Sources_and_suggestions_carry_passages_halls_the_next_stop_and_what_nothing_supports()
    {
        host.Guide.AnswerTo = _ => ["He painted it.", "Perhaps he was sad."];
        try
        {
            await using var client = await host.RegisterAsync(voice: false);
            var answer = await client.ReceiveAnswerAsync(await client.AskAsync("Who painted it?"));
            var sources = answer.Frames.Single(f => f.Type == "SOURCES").Payload;
            Assert.Equal(2, (int)sources["exhibits"]![0]!["hall"]!);
            Assert.Equal(["One.", "…"], sources["exhibits"]![0]!["passages"]!.AsArray().Select(p => (string?)p));
            Assert.Equal([1], sources["unsupported_sentences"]!.AsArray().Select(n => (int)n!));
            var stop = answer.Frames.Single(f => f.Type == "SUGGESTIONS").Payload["next_stop"]!.AsObject();
            Assert.True(JsonNode.DeepEquals(
                JsonNode.Parse("""{"exhibit_id":"scream","title":"The Scream","hall":2,"hall_name":"Painting after 1800","invitation":"If you like, come on.","propose":true}"""), stop));
        }
        finally
        {
            host.Guide.AnswerTo = new GuideScript().AnswerTo;
        }
    }

    [Fact]
    public async Task Functions_are_added_and_taken_away_by_name_in_either_form()
    {
        await using var client = await host.RegisterAsync(voice: false);
        object bare = new { name = "zoom", parameters = new { type = "object" } };
        object wrapped = new { type = "function", function = new { name = "dim", parameters = new { type = "object" } } };
        Assert.Equal(["zoom", "dim"], await NamesAsync(client, "REPLACE", bare, wrapped));
        Assert.Equal(["zoom", "dim", "turn"], await NamesAsync(client, "ADD", new { type = "function", function = new { name = "turn" } }));
        Assert.Equal(["zoom", "turn"], await NamesAsync(client, "DELETE", wrapped));
    }

    [Fact]
    public async Task More_functions_than_a_session_holds_are_refused_and_none_is_lost()
    {
        await using var client = await host.RegisterAsync(voice: false);
        Assert.Single(await NamesAsync(client, "REPLACE", new { name = "zoom" }));
        await client.SendAsync("REQUEST", Asking("many", "ADD", [.. Enumerable.Range(0, 64).Select(i => (object)new { name = $"f{i}" })]));
        Assert.Equal("MALFORMED_PAYLOAD", (string?)(await client.ReceiveAsync("ERROR")).Payload["error_code"]);
        Assert.Equal(["zoom", "dim"], await NamesAsync(client, "ADD", new { name = "dim" }));
    }

    private async Task<string[]> NamesAsync(ProtocolClient client, string operation, params object[] functions)
    {
        var id = $"req_{Guid.NewGuid():N}";
        await client.SendAsync("REQUEST", Asking(id, operation, functions));
        await client.ReceiveAnswerAsync(id);
        return [.. host.Guide.Asked.Last(a => a.SessionId == client.SessionId).FunctionsJson.Select(f => JsonNode.Parse(f)!).Select(f => (string)(f["function"] ?? f)["name"]!)];
    }

    private static object Asking(string id, string operation, object[] functions) =>
        new { request_id = id, data_type = "TEXT", content = new { text = "Who?" }, function_calling_op = operation, function_calling = functions };
}
