using System.Collections.Concurrent;
using Grpc.Core;
using Museum.Audio.V1;

namespace Museum.VoiceCallService.Tests;

/// <summary>What the scripted recogniser makes of the utterances of a call, one after the other; the last for all that follow.</summary>
internal sealed record Hears(string Partial, string Final)
{
    public bool LowConfidence { get; init; }

    /// <summary>It is lost when so much of the utterance has come.</summary>
    public int? LostAtBytes { get; init; }

    /// <summary>Refuses: no recogniser for the language.</summary>
    public bool Away { get; init; }

    /// <summary>It tells the final transcript only then.</summary>
    public Task Settled { get; init; } = Task.CompletedTask;
}

/// <summary>A recogniser over real gRPC that looks at no sound. Scripted: it tells the partial transcript after 200 ms, and the final one at the end.</summary>
internal sealed class EarScript
{
    // How many utterances of a session it has made something of. One that was given up, by a time-out on a busy machine or for noise, is none.
    private readonly ConcurrentDictionary<string, int> made = new();

    private volatile Hears[] script = [new("", "")];

    /// <summary>What it was sent, whole, and by whom.</summary>
    public ConcurrentQueue<(string Session, byte[] Sound)> SentBy { get; } = new();

    public void Say(params Hears[] script) => this.script = script;

    public byte[][] SentIn(string? session) => [.. SentBy.Where(s => s.Session == session).Select(s => s.Sound)];

    public async Task RecognizeAsync(IAsyncStreamReader<RecognizeRequest> requests, IServerStreamWriter<RecognizeResponse> responses, ServerCallContext context)
    {
        Assert.True(await requests.MoveNext(context.CancellationToken));
        var session = requests.Current.Start.SessionId;
        var known = script;
        var hears = known[Math.Min(made.GetValueOrDefault(session), known.Length - 1)];
        if (hears.Away)
        {
            Made(session);
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "no recogniser"));
        }

        await context.WriteResponseHeadersAsync([]);
        using var sound = new MemoryStream();
        var told = false;
        while (await requests.MoveNext(context.CancellationToken) && requests.Current.KindCase != RecognizeRequest.KindOneofCase.End)
        {
            sound.Write(requests.Current.Audio.Span);
            if (sound.Length > hears.LostAtBytes)
            {
                Made(session);
                throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "lost"));
            }

            if (!told && sound.Length > 6_400 && hears.Partial.Length > 0)
            {
                told = true;
                await responses.WriteAsync(new RecognizeResponse { Text = hears.Partial }, context.CancellationToken);
            }
        }

        await hears.Settled.WaitAsync(context.CancellationToken);
        Made(session);
        SentBy.Enqueue((session, sound.ToArray()));
        await responses.WriteAsync(new RecognizeResponse { Text = hears.Final, IsFinal = true, Confidence = 0.9, LowConfidence = hears.LowConfidence }, context.CancellationToken);
    }

    private void Made(string session) => made.AddOrUpdate(session, 1, (_, count) => count + 1);
}
