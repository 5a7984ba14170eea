using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Encodings;
using Museum.AudioService.Recognition;
using Museum.AudioService.Remote;
using Museum.ServiceDefaults.Resilience;
using OpenAI.Audio;

namespace Museum.AudioService.OpenAi;

/// <summary>
/// An ear by <c>POST /v1/audio/transcriptions</c>, with the official client. It takes whole recordings, so an utterance is sent when the
/// visitor has finished; a failed request is sent once more before the next provider is asked.
/// </summary>
internal sealed class OpenAiRecognizer(IOptionsMonitor<OpenAiEarOptions> options, Pipelines pipelines, TimeProvider time) : ISpeechRecognizer
{
    public const string ProviderName = "openai";

    /// <summary>The requests' pipeline: <c>Resilience:openai_ear</c>.</summary>
    public const string Pipeline = "openai_ear";

    private readonly OpenAiEarService service = new(options);
    private readonly RemoteHealth health = new(time);

    public string Name => ProviderName;

    private OpenAiEarOptions Settings => options.CurrentValue;

    public bool Hears(string language) => true;

    public ValueTask<string?> ProbeAsync(CancellationToken ct) =>
        service.NotConfigured is { } reason ? ValueTask.FromResult<string?>(reason.Message) : health.ProbeAsync(service.KnockAsync, ct);

    public string? Hearing(string language) => $"{Settings.BaseUrl} {Settings.Model} {Settings.Format} {Settings.Stream} {Settings.LowConfidence}";

    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        if (service.NotConfigured is { } reason)
        {
            throw reason;
        }

        var pcm = new List<short>();
        await foreach (var chunk in audio.WithCancellation(ct))
        {
            pcm.AddRange(chunk.Span);
        }

        if (pcm.Count == 0)
        {
            yield return new Transcript("", IsFinal: true) { Language = request.Language };
            yield break;
        }

        var wav = AudioFormat.Wav(pcm, Transcript.SampleRate);
        var started = Stopwatch.GetTimestamp();
        if (!Settings.Stream)
        {
            yield return await WatchAsync(() => pipelines.Of(Pipeline).ExecuteAsync(async attempt => await TranscribeAsync(wav, request.Language, attempt), ct).AsTask());
        }
        else
        {
            var text = "";
            await using var stream = await WatchAsync(() => pipelines.Of(Pipeline).OpenStreamAsync(token => service.StreamAsync(wav, request.Language, token), turn: null, ct));
            await using var updates = stream.GetAsyncEnumerator(ct);
            while (await WatchAsync(() => updates.MoveNextAsync().AsTask()))
            {
                text = updates.Current;
                if (request.Partials)
                {
                    yield return new Transcript(text, IsFinal: false) { Language = request.Language };
                }
            }

            yield return new Transcript(text, IsFinal: true) { Language = request.Language, Confidence = text.Length > 0 ? RemoteEars.Untold : 0 };
        }

        RecognitionTelemetry.Inferred(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds((double)pcm.Count / Transcript.SampleRate), Name);
    }

    private async Task<T> WatchAsync<T>(Func<Task<T>> work)
    {
        T result = default!;
        await health.WatchAsync(async () => result = await work());
        return result;
    }

    private async Task<Transcript> TranscribeAsync(byte[] wav, string language, CancellationToken ct)
    {
        var heard = await service.TranscribeAsync(wav, language, ct);
        var (text, confidence) = (heard.Text.Trim(), Confidence(heard));
        return new Transcript(text, IsFinal: true)
        {
            Language = language,
            Confidence = text.Length > 0 ? confidence : 0,
            LowConfidence = confidence < Settings.LowConfidence,
            Words = [.. heard.Words.Select(w => new HeardWord(w.Word.Trim(), Sample(w.StartTime), Sample(w.EndTime), confidence))],
        };
    }

    /// <summary>How likely the model finds its words, on the average; and that there are words at all.</summary>
    private static double Confidence(AudioTranscription heard) => heard.Segments.Count == 0
        ? RemoteEars.Untold
        : heard.Segments.Average(s => Math.Exp(Math.Min(0, s.AverageLogProbability)) * (1 - s.NoSpeechProbability));

    private static long Sample(TimeSpan at) => (long)(at.TotalSeconds * Transcript.SampleRate);
}
