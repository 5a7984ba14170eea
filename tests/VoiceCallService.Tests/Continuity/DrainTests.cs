using System.Net.WebSockets;
using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

[Collection(ReplicaCollection.Name)]
public sealed class DrainTests(TwoReplicas replicas) : IDisposable
{
    private const int MostTimes = 4;

    /// <summary>Three sentences of 300 ms, in pieces of 100 ms.</summary>
    private const int SoundsOfAll = 9;

    public void Dispose() => replicas.Host.Guide.AnswerTo = new GuideScript().AnswerTo;

    [Fact]
    public async Task A_replica_that_is_told_to_end_finishes_its_answers_and_sends_its_visitors_on()
    {
        // On a busy machine a voice may come so late that a sentence is left to its text: then again.
        for (var times = 0; times < MostTimes; times++)
        {
            if (await EndAsync() == SoundsOfAll)
            {
                return;
            }
        }

        Assert.Fail($"Of {MostTimes} answers none was finished aloud.");
    }

    /// <returns>How many pieces of sound the answer under way was heard in.</returns>
    private async Task<int> EndAsync()
    {
        replicas.Host.Guide.AnswerTo = _ => [.. Enumerable.Range(0, 3).Select(i => $"Sentence number {i}.")];
        var leaving = await replicas.Host.StartReplicaAsync();
        await using var listening = new ResumingVisitor(Token());
        await using var silent = new ResumingVisitor(Token());
        await listening.ConnectAsync(leaving.Address());
        await silent.ConnectAsync(leaving.Address());
        await listening.Client.AskAsync("Tell me.");
        var turn = (long)(await listening.ReceiveAsync("TURN_STARTED")).Payload["turn_id"]!;

        var ending = leaving.DisposeAsync().AsTask();
        var sentOn = await silent.ReceiveAsync("SHUTDOWN");
        Assert.Equal("SERVER_SHUTDOWN", (string?)sentOn.Payload["reason"]);
        Assert.InRange((int)sentOn.Payload["reconnect_after_ms"]!, 500, 3_000);

        await silent.Client.ReceiveCloseAsync();
        await listening.ReceiveAsync("SHUTDOWN");
        WholeAnswer.Check(listening, turn, "Sentence number 0. Sentence number 1. Sentence number 2. ");
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await listening.Client.ReceiveCloseAsync());
        await ending.SoonAsync();

        await listening.ConnectAsync(replicas.First.Address());
        Assert.True(listening.Resumed);
        await listening.Client.AskAsync("And now?");
        await listening.ReceiveAsync("TURN_ENDED");
        return listening.AnswerOf(turn).Sounds.Count;
    }

    private string Token() => replicas.Host.Tokens.Token(TokenIssuer.NewSession());
}
