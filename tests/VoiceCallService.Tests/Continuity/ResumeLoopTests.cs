using Museum.TestKit;

namespace Museum.VoiceCallService.Tests.Continuity;

/// <summary>Sockets cut at random moments, before, between and after the words and the voice; <c>./museum soak</c> does the same with kill -9.</summary>
[Collection(ReplicaCollection.Name)]
public sealed class ResumeLoopTests(TwoReplicas replicas) : IDisposable
{
    private const int Breaks = 40;

    private static readonly string[] Sentences = [.. Enumerable.Range(0, 4).Select(i => $"Sentence number {i} of the answer.")];

    public void Dispose()
    {
        replicas.Host.Guide.AnswerTo = new GuideScript().AnswerTo;
        while (replicas.Host.Guide.Gate.Wait(0))
        {
            // The next test's guide waits for a word of its own.
        }
    }

    [Fact]
    public async Task Over_forty_breaks_at_random_moments_nothing_is_lost_and_nothing_doubled()
    {
        var random = new Random(20261122);
        replicas.Host.Guide.AnswerTo = _ => [.. Sentences.SelectMany(s => new[] { s, GuideScript.Wait })];
        await using var visitor = new ResumingVisitor(replicas.Host.Tokens.Token(TokenIssuer.NewSession()));
        await visitor.ConnectAsync(replicas.First.Address());
        var (breaks, brokenOff) = (0, 0);
        while (breaks < Breaks)
        {
            var request = await visitor.Client.AskAsync("Tell me more.");
            using var told = new CancellationTokenSource();
            var telling = TellOnAsync(new Random(random.Next()), told.Token);
            ServerFrame? end = null;
            while (end is null)
            {
                end = await ListenAsync(visitor, random.Next(1, 30));
                if (end is null)
                {
                    breaks++;
                    visitor.Cut();
                    await visitor.ConnectAsync((random.Next(2) == 0 ? replicas.First : replicas.Second).Address());
                    Assert.True(visitor.Resumed);
                }
            }

            await told.CancelAsync();
            await telling;
            var turn = (long)end.Payload["turn_id"]!;
            if (visitor.Frames.Any(f => f.Type == "ERROR" && (string?)f.Payload["request_id"] == request))
            {
                // The client had seen a word that its holder had not written down yet.
                brokenOff++;
                continue;
            }

            WholeAnswer.Check(visitor, turn, string.Concat(Sentences.Select(s => s + " ")));
        }

        // On a busy machine the store hears of a word later than its visitor does.
        Assert.InRange(brokenOff, 0, breaks / 4);
    }

    /// <returns>The end of the answer; null: it has not come within so many frames.</returns>
    private static async Task<ServerFrame?> ListenAsync(ResumingVisitor visitor, int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            var frame = await visitor.ReceiveAsync() ?? throw new InvalidOperationException($"Closed: {visitor.Client.CloseStatus}");
            if (frame.Type == "TURN_ENDED")
            {
                return frame;
            }
        }

        return null;
    }

    /// <summary>The guide thinks a little between its sentences.</summary>
    private async Task TellOnAsync(Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (replicas.Host.Guide.Gate.CurrentCount == 0)
            {
                replicas.Host.Guide.Gate.Release();
            }

            await Task.Delay(random.Next(5, 40), ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
