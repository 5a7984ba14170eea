using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Grpc.Core;
using Museum.Audio.V1;
using Museum.AudioService.Recognition;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Rpc;

/// <summary>One call of <c>Speech.Recognize</c>: the visitor's sound in, transcripts out.</summary>
internal static class RecognizeCall
{
    private const int MostBytes = 64 << 10;

    public static async Task RunAsync(Listener listener, IAsyncStreamReader<RecognizeRequest> requests, IServerStreamWriter<RecognizeResponse> responses, CancellationToken ct)
    {
        if (!await requests.MoveNext(ct) || requests.Current.KindCase != RecognizeRequest.KindOneofCase.Start)
        {
            throw new ClientException("start_expected", "The first message of a recognition is `start`.");
        }

        var start = requests.Current.Start;
        var sampleRate = SampleRates.Check(start.SampleRate == 0 ? SampleRates.Default : start.SampleRate);
        var request = RecognitionRequest.Of(start.Language, start.PartialResults, start.Alternatives) with
        {
            Patience = start.PatienceMs > 0 ? TimeSpan.FromMilliseconds(start.PatienceMs) : null,
            EarlyPartials = start.EarlyPartials,
        };
        await foreach (var transcript in listener.RecognizeAsync(request, AudioAsync(requests, ct), sampleRate, ct))
        {
            await responses.WriteAsync(ToProto(transcript), ct);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> AudioAsync(IAsyncStreamReader<RecognizeRequest> requests, [EnumeratorCancellation] CancellationToken ct)
    {
        while (await requests.MoveNext(ct) && requests.Current.KindCase != RecognizeRequest.KindOneofCase.End)
        {
            if (requests.Current.KindCase != RecognizeRequest.KindOneofCase.Audio)
            {
                throw new ClientException("audio_expected", "After `start` comes `audio`, and `end` once.");
            }

            var bytes = requests.Current.Audio.Memory;
            if (bytes.Length % sizeof(short) != 0 || bytes.Length > MostBytes)
            {
                throw new ClientException("audio_malformed", $"A message of audio has an even number of bytes, at most {MostBytes}.");
            }

            yield return Samples(bytes.Span);
        }
    }

    private static short[] Samples(ReadOnlySpan<byte> bytes)
    {
        var samples = new short[bytes.Length / sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * sizeof(short))..]);
        }

        return samples;
    }

    private static RecognizeResponse ToProto(Transcript transcript)
    {
        var response = new RecognizeResponse
        {
            Text = transcript.Text,
            IsFinal = transcript.IsFinal,
            Confidence = transcript.Confidence,
            Language = transcript.Language,
            LowConfidence = transcript.LowConfidence,
            Alternatives = { transcript.Alternatives.Select(a => new Alternative { Text = a.Text, Confidence = a.Confidence }) },
            Provider = transcript.Provider,
        };
        var at = 0;
        foreach (var word in transcript.Words)
        {
            var place = transcript.Text.IndexOf(word.Text, at, StringComparison.Ordinal);
            at = place < 0 ? at : place + word.Text.Length;
            response.Words.Add(new Word
            {
                Text = word.Text,
                StartSample = word.StartSample,
                EndSample = word.EndSample,
                TextStart = Math.Max(0, place),
                TextLength = place < 0 ? 0 : word.Text.Length,
                Confidence = word.Confidence,
            });
        }

        return response;
    }
}
