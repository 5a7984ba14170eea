using System.Net.WebSockets;
using Museum.TestKit;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class LiveCallLimitTests(TwoReplicas replicas)
{
    [Theory]
    [InlineData("en", "Are you still there?")]
    [InlineData("zh", "您还在吗？")]
    public async Task A_silent_call_is_asked_and_then_ended_for_good(string language, string question)
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("IdleAfter", "00:00:01"), Setting("IdleGrace", "00:00:01"));
        await using var visitor = new ResumingVisitor(Token(), language);
        await visitor.ConnectAsync(replica.Address("/ws/voice/call"));
        var asked = await visitor.ReceiveAsync("SESSION_WARN");
        Assert.Equal(("IDLE", question), ((string?)asked.Payload["warn_type"], (string?)asked.Payload["message"]));
        var end = await visitor.ReceiveAsync("SHUTDOWN");
        Assert.Equal("IDLE", (string?)end.Payload["reason"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await visitor.Client.ReceiveCloseAsync());

        await visitor.ConnectAsync(replicas.First.Address());
        Assert.False(visitor.Resumed);
    }

    [Fact]
    public async Task Who_answers_is_asked_again_only_after_another_silence_and_who_only_writes_never()
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("IdleAfter", "00:00:01"));
        await using var writing = await ProtocolClient.RegisterAsync(replica.Address(), Token(), "en");
        await using var speaking = await ProtocolClient.RegisterAsync(replica.Address("/ws/voice/call"), Token(), "en");
        await speaking.ReceiveAsync("SESSION_WARN");
        await speaking.ReceiveAnswerAsync(await speaking.AskAsync("Yes. Who painted it?"));
        await speaking.ReceiveAsync("SESSION_WARN");

        await writing.SendAsync("PING", new { });
        for (var frame = await writing.ReceiveAsync(); frame!.Type != "PONG"; frame = await writing.ReceiveAsync())
        {
            Assert.Equal("STATUS", frame.Type);
        }
    }

    [Fact]
    public async Task The_longest_call_ends()
    {
        // Looked at once a second, on a busy machine less often: the warning comes before the end.
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("LongestCall", "00:00:08"));
        await using var visitor = await ProtocolClient.RegisterAsync(replica.Address("/ws/voice/call"), Token(), "en");
        Assert.Equal("CALL_LIMIT", (string?)(await visitor.ReceiveAsync("SESSION_WARN")).Payload["warn_type"]);
        Assert.Equal("CALL_LIMIT", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
    }

    [Fact]
    public async Task Above_the_limit_a_live_call_is_told_when_to_come_back_and_who_writes_is_not()
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("MaxConcurrentCalls", "1"));
        var first = await ProtocolClient.RegisterAsync(replica.Address("/ws/voice/call"), Token(), "en");
        await using var second = await ProtocolClient.ConnectAsync(replica.Address("/ws/voice/call"), Token());
        await second.SendAsync("REGISTER", new { platform = "WEB" });
        var busy = await second.ReceiveAsync("ERROR");
        Assert.Equal("SERVER_BUSY", (string?)busy.Payload["error_code"]);
        Assert.InRange((int)busy.Payload["retry_after_ms"]!, 1_000, 30_000);
        Assert.Equal((WebSocketCloseStatus)1013, await second.ReceiveCloseAsync());

        await using var writing = await ProtocolClient.RegisterAsync(replica.Address(), Token(), "en");
        await first.DisposeAsync();
        await Eventually.TrueAsync(async () =>
        {
            await using var third = await ProtocolClient.ConnectAsync(replica.Address("/ws/voice/call"), Token());
            await third.SendAsync("REGISTER", new { platform = "WEB" });
            return (await third.ReceiveAsync())!.Type == "REGISTER_ACK";
        });
    }

    [Fact]
    public async Task A_microphone_that_is_opened_in_a_written_conversation_needs_a_line_too_and_who_gets_none_writes_on()
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("MaxConcurrentCalls", "1"));
        await using var caller = await ProtocolClient.RegisterAsync(replica.Address("/ws/agent/stream"), Token(), "en");
        await caller.SendBinaryAsync(new byte[640]);
        await caller.ReceiveAnswerAsync(await caller.AskAsync("Who painted it?"));

        await using var other = await ProtocolClient.RegisterAsync(replica.Address("/ws/agent/stream"), Token(), "en");
        await other.SendBinaryAsync(new byte[640]);
        await other.SendBinaryAsync(new byte[640]);
        Assert.Equal("SERVER_BUSY", (string?)(await other.ReceiveAsync("ERROR")).Payload["error_code"]);
        var answer = await other.ReceiveAnswerAsync(await other.AskAsync("Who painted it?"));
        Assert.NotEmpty(answer.Text);
        Assert.DoesNotContain(answer.Frames, f => f.Type == "ERROR");
    }

    [Fact]
    public async Task An_open_microphone_is_asked_whether_anybody_is_there_on_a_written_conversation_too()
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("IdleAfter", "00:00:01"), Setting("IdleGrace", "00:00:01"));
        await using var visitor = await ProtocolClient.RegisterAsync(replica.Address("/ws/agent/stream"), Token(), "en");
        using var over = new CancellationTokenSource();
        var silence = SendSilenceAsync(visitor, over.Token);
        Assert.Equal("IDLE", (string?)(await visitor.ReceiveAsync("SESSION_WARN")).Payload["warn_type"]);
        Assert.Equal("IDLE", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        await over.CancelAsync();
        await silence;
    }

    [Fact]
    public async Task A_resume_of_nothing_is_a_new_call_and_passes_no_limit()
    {
        await using var replica = await replicas.Host.StartReplicaAsync(Setting("MaxConcurrentCalls", "1"));
        await using var visitor = new ResumingVisitor(Token());
        await visitor.ConnectAsync(replica.Address("/ws/voice/call"));
        await using var other = await ProtocolClient.ConnectAsync(replica.Address("/ws/voice/call"), Token());
        await other.SendAsync("REGISTER", new { platform = "WEB", resume = new { session_id = "x", resume_token = "y", last_seq = 0 } });
        Assert.Equal("SERVER_BUSY", (string?)(await other.ReceiveAsync("ERROR")).Payload["error_code"]);
        Assert.Equal((WebSocketCloseStatus)1013, await other.ReceiveCloseAsync());

        // Who really comes back does, above the limit too: the line of the socket before may not be free yet.
        await visitor.ConnectAsync(replica.Address("/ws/voice/call"));
        Assert.True(visitor.Resumed);
    }

    [Fact]
    public async Task The_length_of_a_call_counts_from_its_first_replica_on()
    {
        await using var visitor = new ResumingVisitor(Token());
        await visitor.ConnectAsync(replicas.First.Address("/ws/voice/call"));
        var began = CallOn(replicas.First, visitor).Session.CallBegan;
        await visitor.ConnectAsync(replicas.Second.Address("/ws/voice/call"));
        Assert.True(visitor.Resumed);
        Assert.NotNull(began);
        Assert.Equal(began, CallOn(replicas.Second, visitor).Session.CallBegan);
    }

    private static OpenCall CallOn(CallReplica replica, ResumingVisitor visitor) => replica.Services.GetRequiredService<SessionRegistry>().Find(visitor.SessionId)!;

    private static KeyValuePair<string, string> Setting(string name, string value) => new("VoiceCall:" + name, value);

    private static async Task SendSilenceAsync(ProtocolClient visitor, CancellationToken over)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await pace.WaitForNextTickAsync(over))
            {
                await visitor.SendBinaryAsync(new byte[3_200]);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The call is over.
        }
    }

    private string Token() => replicas.Host.Tokens.Token(TokenIssuer.NewSession());
}
