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
}
