using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Museum.Audio.V1;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sentences;
using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.AudioService.Turns;
using Museum.Contracts.Speech;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Rpc;

/// <summary>gRPC <c>museum.audio.v1.Speech</c>. Errors become statuses by themselves (GrpcErrorInterceptor).</summary>
internal sealed class SpeechRpc(Narrator narrator, SoundStore store, Listener listener) : Audio.V1.Speech.SpeechBase
{
    public override async Task Recognize(
        IAsyncStreamReader<RecognizeRequest> requestStream, IServerStreamWriter<RecognizeResponse> responseStream, ServerCallContext context)
    {
        // That somebody listens is told before anything was said: a caller that hears nothing soon asks another replica.
        await context.WriteResponseHeadersAsync([]);
        await RecognizeCall.RunAsync(listener, requestStream, responseStream, context.CancellationToken);
    }

    public override async Task Synthesize(SynthesizeRequest request, IServerStreamWriter<SpeechChunk> responseStream, ServerCallContext context)
    {
        var volume = Delivery.CheckVolume(request.HasVolume ? request.Volume : 1);
        var utterance = Utterance.Of(request.Text, request.Language, request.Voice, request.Rate == 0 ? 1 : request.Rate, request.Pitch == 0 ? 1 : request.Pitch) with
        {
            Quality = request.Quality switch { Quality.Standard => SpeechQuality.Standard, Quality.High => SpeechQuality.High, _ => null },
        };
        var sampleRate = SampleRates.Check(request.SampleRate == 0 ? SampleRates.Default : request.SampleRate);
        var sound = await narrator.SpeakAsync(utterance, sampleRate, context.CancellationToken);
        await StreamAsync(sound, volume, responseStream, context.CancellationToken);
    }

    // The handle is what allows it: 128 random bits that only the turn's holder and AvatarService, which has no visitor's token, were told.
    [AllowAnonymous]
    public override async Task Listen(ListenRequest request, IServerStreamWriter<SpeechChunk> responseStream, ServerCallContext context)
    {
        var handed = store.Find(request.Handle) ?? throw new ClientException("sound_not_found", "No sound is kept under this handle.", 404);
        await StreamAsync(handed.Sound, handed.Volume, responseStream, context.CancellationToken);
    }

    private static Task StreamAsync(SentenceSound sound, double volume, IServerStreamWriter<SpeechChunk> chunks, CancellationToken ct) =>
        sound.Whole is { } whole ? SendAsync(whole, volume, chunks, ct) : FollowAsync(sound, volume, chunks, ct);

    /// <summary>What is whole: 100 ms at once, then half seconds. What a message costs is the same for each.</summary>
    private static async Task SendAsync(KeptSound sound, double volume, IServerStreamWriter<SpeechChunk> chunks, CancellationToken ct)
    {
        for (int start = 0, end; start == 0 || start < sound.Pcm.Length; start = end)
        {
            end = Math.Min(sound.Pcm.Length, start + (sound.SampleRate / (start == 0 ? 10 : 2)));
            var chunk = new SpeechChunk
            {
                SampleRate = sound.SampleRate,
                Provider = sound.Provider,
                StartSample = start,
                Pcm = Bytes(sound.Pcm.Span[start..end], volume),
                Last = end == sound.Pcm.Length,
            };
            if (start == 0)
            {
                chunk.Words.AddRange(sound.Words.Select(Word));
                chunk.Phones.AddRange(sound.Phones.Select(Phone));
            }

            await chunks.WriteAsync(chunk, ct);
        }
    }

    /// <summary>What is being made: the first piece at once; after it in chunks of 100 ms, so that a long sentence is not a thousand messages.</summary>
    private static async Task FollowAsync(SentenceSound sound, double volume, IServerStreamWriter<SpeechChunk> chunks, CancellationToken ct)
    {
        var chunk = new SpeechChunk { SampleRate = sound.SampleRate, Provider = sound.Provider };
        var pcm = new List<short>();
        long start = 0;
        try
        {
            await foreach (var piece in sound.ReadAsync(ct))
            {
                // What is ready goes out only when there is more, because the last chunk says that it is the last.
                if (pcm.Count >= sound.SampleRate / 10)
                {
                    await SendAsync();
                }

                pcm.AddRange(piece.Pcm.Span);
                chunk.Words.AddRange(piece.Words.Select(Word));
                chunk.Phones.AddRange(piece.Phones.Select(Phone));
                if (start == 0 && pcm.Count > 0)
                {
                    await SendAsync();
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DependencyException("sound_interrupted", "The sentence was interrupted before it was spoken to its end.");
        }

        chunk.Last = true;
        await SendAsync();

        async Task SendAsync()
        {
            chunk.StartSample = start;
            chunk.Pcm = Bytes(CollectionsMarshal.AsSpan(pcm), volume);
            await chunks.WriteAsync(chunk, ct);
            start += pcm.Count;
            pcm.Clear();
            chunk = new SpeechChunk { SampleRate = sound.SampleRate, Provider = sound.Provider };
        }
    }

    private static ByteString Bytes(ReadOnlySpan<short> pcm, double volume) => ByteString.CopyFrom(MemoryMarshal.AsBytes(volume == 1 ? pcm : Loudness.Scale(pcm, volume)));

    private static Word Word(TimedWord word) => new()
    {
        Text = word.Text,
        StartSample = word.StartSample,
        EndSample = word.EndSample,
        TextStart = word.TextStart,
        TextLength = word.TextLength,
    };

    private static Phone Phone(TimedPhone phone) => new()
    {
        Symbol = phone.Symbol,
        StartSample = phone.StartSample,
        EndSample = phone.EndSample,
        Alphabet = phone.Alphabet == "espeak" ? Alphabet.Espeak : Alphabet.Arpabet,
    };
}
