using System.Runtime.CompilerServices;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Resilience;

namespace Museum.VoiceCallService.Turns;

/// <summary>A piece of a sentence's sound: PCM16 little endian mono, from <paramref name="StartSample"/> of the sentence on.</summary>
internal readonly record struct SoundPiece(ReadOnlyMemory<byte> Pcm, int SampleRate, long StartSample, bool Last)
{
    /// <summary>Where it ends in the sentence.</summary>
    public double EndMs => (StartSample + (Pcm.Length / 2)) * 1000d / SampleRate;

    public TimeSpan Duration => TimeSpan.FromSeconds(Pcm.Length / 2d / SampleRate);
}

/// <summary>Fetches the sound of a sentence from the very replica of AudioService that makes it.</summary>
internal sealed class SoundSource(ReplicaChannels replicas, Pipelines pipelines)
{
    /// <summary>Name of AudioService's pipeline.</summary>
    public const string Pipeline = "audioservice";

    /// <summary>What opening a sound may take, with a second try.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>100 ms at 16 kHz: small enough to pace and to interrupt, large enough not to drown the client in frames.</summary>
    private const int MaxPieceMs = 100;

    /// <summary>Ready when the first piece is; nothing is asked for twice after it.</summary>
    public Task<OpenedStream<SoundPiece>> ListenAsync(SentenceSpoken spoken, string accessToken, TurnBudget? turn, CancellationToken cancellationToken) =>
        pipelines.Of(Pipeline).OpenStreamAsync(ct => ReadAsync(spoken, accessToken, ct), turn, cancellationToken);

    private async IAsyncEnumerable<SoundPiece> ReadAsync(SentenceSpoken spoken, string accessToken, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = new Speech.SpeechClient(replicas.To(spoken.Address));
        // No sentence is longer than a minute; a replica that dies or freezes is noticed by its connection.
        using var call = client.Listen(new ListenRequest { Handle = spoken.Handle }, new CallOptions(
            GrpcClients.Bearer(accessToken), deadline: DateTime.UtcNow.AddSeconds(60), cancellationToken: cancellationToken));
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            foreach (var piece in Split(chunk))
            {
                yield return piece;
            }
        }
    }

    private static IEnumerable<SoundPiece> Split(SpeechChunk chunk)
    {
        var bytes = chunk.SampleRate * 2 * MaxPieceMs / 1000;
        var pcm = chunk.Pcm.Memory;
        var offset = 0;
        do
        {
            var length = Math.Min(bytes, pcm.Length - offset);
            var last = offset + length == pcm.Length;
            yield return new(pcm.Slice(offset, length), chunk.SampleRate, chunk.StartSample + (offset / 2), last && chunk.Last);
            offset += length;
        }
        while (offset < pcm.Length);
    }
}
