using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Museum.ServiceDefaults.Redis;
using Museum.TestKit;
using Museum.VoiceCallService.Continuity;
using Museum.VoiceCallService.Sessions;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>That a call was ended is a fact in the store; the news of it only comes sooner.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class CallEndTests(TwoReplicas replicas)
{
    private readonly VoiceDoor door = new(replicas, TokenIssuer.NewSession());

    private RedisStore Store => replicas.Second.Services.GetRequiredService<RedisStore>();

    [Fact]
    public async Task A_holder_that_was_not_told_of_the_end_learns_it_from_its_next_write_and_nobody_resumes_the_call()
    {
        var call = await door.StartAsync();
        await using var visitor = await EnterAsync(call);
        await EndUntoldAsync(call);
        // As its heartbeat does.
        CallOf(visitor)!.Log!.Touch();
        Assert.Equal("ENDED", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await visitor.Client.ReceiveCloseAsync());

        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.False(visitor.Resumed);
    }

    [Fact]
    public async Task What_was_missed_while_no_news_could_be_heard_is_learned_when_they_can_be_heard_again()
    {
        var call = await door.StartAsync();
        await using var visitor = await EnterAsync(call);
        // A call that waits has no heartbeat.
        visitor.Cut();
        await Eventually.TrueAsync(() => CallOf(visitor) is { WaitsSince: not null });
        await EndUntoldAsync(call);
        await Store.RunAsync(db => db.ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub"), CancellationToken.None);
        await Eventually.TrueAsync(() => CallOf(visitor) is null);
    }

    [Fact]
    public async Task A_visitor_who_comes_back_to_a_call_that_was_ended_meanwhile_begins_a_new_one()
    {
        var call = await door.StartAsync();
        await using var visitor = await EnterAsync(call);
        visitor.Cut();
        using var ended = await door.EndAsync(call);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.False(visitor.Resumed);
        await visitor.Client.AskAsync("Who painted it?");
        await visitor.ReceiveAsync("TURN_ENDED");
    }

    [Fact]
    public async Task A_call_that_is_ended_between_its_ticket_and_its_first_message_is_over_at_once()
    {
        var call = await door.StartAsync();
        await using var visitor = await ProtocolClient.ConnectAsync(VoiceDoor.Socket(replicas.First, call), null);
        // The ticket is used, and no replica holds the call.
        using var ended = await door.EndAsync(call);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await visitor.SendAsync("REGISTER", new { platform = "WEB", language = "en" });
        Assert.Equal("ENDED", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await visitor.ReceiveCloseAsync());
    }

    [Fact]
    public async Task The_end_of_a_call_is_not_that_of_the_next_one_of_its_session()
    {
        var call = await door.StartAsync();
        await using var former = await ProtocolClient.RegisterAsync(VoiceDoor.Socket(replicas.First, call), null, "en");
        await using var visitor = await EnterAsync(await door.StartAsync());
        Assert.Equal("REPLACED", (string?)(await former.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
        using var ended = await door.EndAsync(call);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        visitor.Cut();
        await visitor.ConnectAsync(replicas.Second.Address());
        Assert.True(visitor.Resumed);
    }

    [Fact]
    public async Task A_call_that_was_resumed_with_another_ticket_is_ended_by_the_name_that_this_gave_it()
    {
        await using var visitor = await EnterAsync(await door.StartAsync());
        visitor.Cut();
        var call = await door.StartAsync();
        await visitor.ConnectAsync(VoiceDoor.Socket(replicas.First, call));
        Assert.True(visitor.Resumed);
        using var ended = await door.EndAsync(call);
        Assert.Equal("ENDED", (string?)(await visitor.ReceiveAsync("SHUTDOWN")).Payload["reason"]);
    }

    /// <summary>As if the news had been lost.</summary>
    private Task<bool> EndUntoldAsync(JsonObject call) => Store.RunAsync(db => db.StringSetAsync(CallStore.OverKey((string)call["call_id"]!), "1"), CancellationToken.None);

    private OpenCall? CallOf(ResumingVisitor visitor) => replicas.First.Services.GetRequiredService<SessionRegistry>().Find(visitor.SessionId);

    private async Task<ResumingVisitor> EnterAsync(JsonObject call)
    {
        var visitor = new ResumingVisitor(door.Token);
        await visitor.ConnectAsync(VoiceDoor.Socket(replicas.First, call));
        return visitor;
    }
}
