using System.Net.WebSockets;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>A client that comes with an API key has no token that names its session; what proves its call is the resume token.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class ResumeByKeyTests(TwoReplicas replicas)
{
    [Fact]
    public async Task Who_came_with_an_api_key_resumes_on_another_replica()
    {
        await using var first = await EnterAsync(replicas.First, null);
        var session = (string)first.Welcome!["session_id"]!;
        await first.AskAsync("Who painted it?");
        var seq = (long)(await first.ReceiveAsync("TURN_ENDED")).Payload["seq"]!;
        await replicas.First.StoredAsync(session);
        first.Cut();

        await using var back = await EnterAsync(replicas.Second, new { session_id = session, resume_token = (string)first.Welcome["resume_token"]!, last_seq = seq });

        Assert.Equal((session, true), ((string?)back.Welcome!["session_id"], (bool)back.Welcome["resumed"]!));
        var id = await back.AskAsync("And when?");
        Assert.NotEmpty((await back.ReceiveAnswerAsync(id)).Text);
        Assert.Equal(["Who painted it?", "And when?"], replicas.Host.Guide.Asked.Where(a => a.SessionId == session).Select(a => a.Text));
    }

    [Fact]
    public async Task Whose_resume_token_is_wrong_gets_no_session_of_anothers_call()
    {
        await using var first = await EnterAsync(replicas.First, null);
        var session = (string)first.Welcome!["session_id"]!;

        await using var other = await EnterAsync(replicas.Second, new { session_id = session, resume_token = "not-the-token", last_seq = 0 });

        Assert.NotEqual(session, (string)other.Welcome!["session_id"]!);
        Assert.False((bool)other.Welcome["resumed"]!);
        Assert.NotEmpty((await first.ReceiveAnswerAsync(await first.AskAsync("Still here?"))).Text);
    }

    [Fact]
    public async Task A_wrong_api_key_is_refused()
    {
        await using var client = await ProtocolClient.ConnectAsync(replicas.First.Address(), null);
        await client.SendAsync("REGISTER", Register("museum_wrong", null));
        Assert.Equal("AUTH_FAILED", (string?)(await client.ReceiveAsync("ERROR")).Payload["error_code"]);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await client.ReceiveCloseAsync());
    }

    private static async Task<ProtocolClient> EnterAsync(CallReplica at, object? resume)
    {
        var client = await ProtocolClient.ConnectAsync(at.Address(), null);
        await client.RegisterAsync(Register(ScriptedSessions.ApiKey, resume));
        return client;
    }

    private static object Register(string key, object? resume) => new
    {
        auth = new { type = "API_KEY", api_key = key },
        platform = "APP",
        require_tts = false,
        language = "en",
        function_calling = Array.Empty<object>(),
        features = new[] { "speech_events" },
        resume,
    };
}
