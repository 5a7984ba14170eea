using System.Net.WebSockets;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class DrainTests(TwoReplicas replicas) : IDisposable
{
    public void Dispose() => replicas.Host.Guide.AnswerTo = new GuideScript().AnswerTo;

    [Fact]
    public async Task A_replica_that_is_told_to_end_finishes_its_answers_and_sends_its_visitors_on()
    {
        replicas.Host.Guide.AnswerTo = _ => [.. Enumerable.Range(0, 3).Select(i => $"Sentence number {i}.")];
        var leaving = await replicas.Host.StartReplicaAsync();
        await using var listening = new ResumingVisitor(Token());
        await using var silent = new ResumingVisitor(Token());
        await listening.ConnectAsync(leaving.Address());
        await silent.ConnectAsync(leaving.Address());
        await listening.Client.AskAsync("Tell me.");
        var turn = (long)(await listening.ReceiveAsync("AUDIO_META")).Payload["turn_id"]!;

        var ending = leaving.DisposeAsync().AsTask();
        var sentOn = await silent.ReceiveAsync("SHUTDOWN");
        Assert.Equal("SERVER_SHUTDOWN", (string?)sentOn.Payload["reason"]);
        Assert.InRange((int)sentOn.Payload["reconnect_after_ms"]!, 500, 3_000);

        await silent.Client.ReceiveCloseAsync();
        await listening.ReceiveAsync("SHUTDOWN");
        WholeAnswer.Check(listening, turn, "Sentence number 0. Sentence number 1. Sentence number 2. ");
        Assert.Equal(9, listening.AnswerOf(turn).Sounds.Count);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await listening.Client.ReceiveCloseAsync());
        await ending.SoonAsync();

        await listening.ConnectAsync(replicas.First.Address());
        Assert.True(listening.Resumed);
        await listening.Client.AskAsync("And now?");
        await listening.ReceiveAsync("TURN_ENDED");
    }

    private string Token() => replicas.Host.Tokens.Token(TokenIssuer.NewSession());
}
