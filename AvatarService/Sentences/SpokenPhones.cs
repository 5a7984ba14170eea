using System.Runtime.CompilerServices;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.Contracts.Events;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Grpc;
using Museum.ServiceDefaults.Resilience;
using TimedPhone = Museum.Contracts.Speech.TimedPhone;

namespace Museum.AvatarService.Sentences;

/// <summary>The phones of a sentence: from its event when they are all there, else from its sound, at the replica that makes it.</summary>
internal sealed partial class SpokenPhones(ReplicaChannels channels, Pipelines pipelines, TimeProvider time, ILogger<SpokenPhones> logger)
{
    /// <summary>Name of AudioService's pipeline.</summary>
    public const string Pipeline = "audioservice";

    // The engines make a minute of speech in about a second.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    public async Task<(IReadOnlyList<TimedPhone> Phones, long? TotalSamples)> OfAsync(SentenceSpoken sentence, CancellationToken ct)
    {
        if (sentence.TimesComplete)
        {
            return (sentence.Phones, sentence.TotalSamples);
        }

        try
        {
            return await ListenAsync(sentence, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // What the event tells is better than nothing: the mouth closes early.
            LogUnheard(sentence.Session, sentence.Turn, sentence.Sequence, ErrorInfo.Of(e).Code);
            return (sentence.Phones, sentence.TotalSamples);
        }
    }

    private async Task<(IReadOnlyList<TimedPhone>, long?)> ListenAsync(SentenceSpoken sentence, CancellationToken ct)
    {
        var phones = new List<TimedPhone>();
        long total = 0;
        await using var chunks = await pipelines.Of(Pipeline).OpenStreamAsync(token => ChunksAsync(sentence, token), turn: null, ct);
        await foreach (var chunk in chunks)
        {
            phones.AddRange(chunk.Phones.Select(p => new TimedPhone(p.Symbol, p.Alphabet == Alphabet.Espeak ? "espeak" : "arpabet", p.StartSample, p.EndSample)));
            total = chunk.StartSample + (chunk.Pcm.Length / sizeof(short));
        }

        return (phones, total);
    }

    private async IAsyncEnumerable<SpeechChunk> ChunksAsync(SentenceSpoken sentence, [EnumeratorCancellation] CancellationToken ct)
    {
        var client = new Speech.SpeechClient(channels.To(sentence.Address));
        using var call = client.Listen(
            new ListenRequest { Handle = sentence.Handle }, new CallOptions(deadline: time.GetUtcNow().UtcDateTime + Deadline, cancellationToken: ct));
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(ct))
        {
            yield return chunk;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sentence {Sequence} of turn {Turn} of {Session} cannot be listened to: {Code}")]
    private partial void LogUnheard(string session, long turn, int sequence, string code);
}
