using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;
using Museum.ServiceDefaults.Pools;

namespace Museum.AudioService.Whisper;

/// <summary>
/// Whisper by whisper.cpp, inside this process: nearly any language, no words of the museum needed. It knows whole recordings only, so
/// <code>
/// 1 while the visitor speaks, once a second at most and one at a time: the window's sound → partial transcript
/// 2 the visitor has finished: what is under way is given up
/// 3 the whole utterance → the final transcript
/// </code>
/// </summary>
internal sealed class WhisperRecognizer(ResourcePool<WhisperEar> ears, WhisperEars models, IOptionsMonitor<WhisperOptions> options) : ISpeechRecognizer
{
    public const string ProviderName = "whisper";

    public string Name => ProviderName;

    public bool Hears(string language) => true;

    public Task LoadAsync(CancellationToken ct) => models.LoadAsync(ct);

    public ValueTask<string?> ProbeAsync(CancellationToken ct) => ValueTask.FromResult(models.Model is null ? "Whisper has no model yet" : null);

    public string? Hearing(string language) => models.Model is { } model ? $"{model.Path} {model.Stamp} {options.CurrentValue.Language} {options.CurrentValue.LowConfidence}" : null;

    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, [EnumeratorCancellation] CancellationToken ct)
    {
        var utterance = new List<float>();
        var soFar = new HeardSoFar(request.Language is "zh" or "ja" ? "" : " ");
        using var finished = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<WhisperHeard?>? partial = null;
        var (decodedAt, told) = (0L, "");
        try
        {
            await foreach (var chunk in audio.WithCancellation(ct))
            {
                Append(utterance, chunk.Span);
                if (!request.Partials)
                {
                    continue;
                }

                if (partial is { IsCompleted: true })
                {
                    if (await partial is { Text.Length: > 0 } heard && heard.Text != told)
                    {
                        yield return new Transcript(told = heard.Text, IsFinal: false) { Language = heard.Language ?? request.Language };
                    }

                    partial = null;
                }

                if (partial is null && utterance.Count - decodedAt >= Samples(options.CurrentValue.Cadence))
                {
                    decodedAt = utterance.Count;
                    partial = TryDecodeAsync(CollectionsMarshal.AsSpan(utterance)[(int)soFar.From..].ToArray(), soFar, decodedAt, request.Language, finished.Token);
                }
            }
        }
        finally
        {
            await finished.CancelAsync();
            await ((Task?)partial ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        yield return utterance.Count == 0 ? new Transcript("", IsFinal: true) { Language = request.Language } : await FinalAsync([.. utterance], request.Language, ct);
    }

    /// <summary>Null: all ears are in use, and a partial transcript is not worth waiting for.</summary>
    private async Task<WhisperHeard?> TryDecodeAsync(float[] window, HeardSoFar soFar, long samples, string language, CancellationToken ct)
    {
        try
        {
            var heard = await DecodeAsync(window, soFar.From, language, ct);
            var all = heard with { Text = soFar.With(heard.Text) };
            soFar.Settle(heard.Words, samples, Samples(options.CurrentValue.Window));
            return all;
        }
        catch (ResourceException)
        {
            return null;
        }
    }

    private async Task<Transcript> FinalAsync(float[] utterance, string language, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var heard = await DecodeAsync(utterance, 0, language, ct);
        RecognitionTelemetry.Inferred(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds((double)utterance.Length / Transcript.SampleRate), Name);
        return new Transcript(heard.Text, IsFinal: true)
        {
            Language = heard.Language ?? language,
            Confidence = heard.Confidence,
            LowConfidence = heard.Text.Length > 0 && heard.Confidence < options.CurrentValue.LowConfidence,
            Words = heard.Words,
        };
    }

    private async Task<WhisperHeard> DecodeAsync(float[] samples, long offset, string language, CancellationToken ct)
    {
        await using var lease = await ears.RentAsync(ct);
        return await WhisperDecoding.RunAsync(lease.Value.Model, samples, offset, options.CurrentValue.Language == "auto" ? null : language, options.CurrentValue.Threads, ct);
    }

    private static long Samples(TimeSpan time) => (long)(time.TotalSeconds * Transcript.SampleRate);

    private static void Append(List<float> utterance, ReadOnlySpan<short> pcm)
    {
        foreach (var sample in pcm)
        {
            utterance.Add(sample / 32_768f);
        }
    }
}
