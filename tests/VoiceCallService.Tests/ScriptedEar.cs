using System.Collections.Concurrent;
using Grpc.Core;
using Museum.Audio.V1;

namespace Museum.VoiceCallService.Tests;

/// <summary>What the scripted recogniser makes of the utterances that it is sent, one after the other; the last for all that follow.</summary>
internal sealed record Hears(string Partial, string Final)
{
    public bool LowConfidence { get; init; }

    /// <summary>It is lost when so much of the utterance has come.</summary>
    public int? LostAtBytes { get; init; }

    /// <summary>Refuses: no recogniser for the language.</summary>
    public bool Away { get; init; }
}

/// <summary>A recogniser over real gRPC that looks at no sound. Scripted: it tells the partial transcript after 200 ms, and the final one at the end.</summary>
internal sealed class EarScript
{
    private int next;

    public Hears[] Script { get; private set; } = [new("", "")];

    /// <summary>What it was sent, whole, per call.</summary>
    public ConcurrentQueue<byte[]> Sent { get; } = new();

    /// <summary>The same, and whose call it was.</summary>
    public ConcurrentQueue<(string Session, byte[] Sound)> SentBy { get; } = new();

    public void Say(params Hears[] script) => (Script, next) = (script, 0);

    public async Task RecognizeAsync(IAsyncStreamReader<RecognizeRequest> requests, IServerStreamWriter<RecognizeResponse> responses, ServerCallContext context)
    {
        var hears = Script[Math.Min(Interlocked.Increment(ref next) - 1, Script.Length - 1)];
        if (hears.Away)
        {
            throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "no recogniser"));
        }

        await context.WriteResponseHeadersAsync([]);
        using var sound = new MemoryStream();
        var (told, session) = (false, "");
        while (await requests.MoveNext(context.CancellationToken) && requests.Current.KindCase != RecognizeRequest.KindOneofCase.End)
        {
            session = requests.Current.Start?.SessionId ?? session;
            sound.Write(requests.Current.Audio.Span);
            if (sound.Length > hears.LostAtBytes)
            {
                throw new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "lost"));
            }

            if (!told && sound.Length > 6_400 && hears.Partial.Length > 0)
            {
                told = true;
                await responses.WriteAsync(new RecognizeResponse { Text = hears.Partial }, context.CancellationToken);
            }
        }

        Sent.Enqueue(sound.ToArray());
        SentBy.Enqueue((session, sound.ToArray()));
        await responses.WriteAsync(new RecognizeResponse { Text = hears.Final, IsFinal = true, Confidence = 0.9, LowConfidence = hears.LowConfidence }, context.CancellationToken);
    }
}
