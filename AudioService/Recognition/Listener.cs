using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Recognition;

/// <summary>Hears an utterance with the best provider that can, at any accepted sample rate and no longer than allowed.</summary>
internal sealed class Listener(IEnumerable<ISpeechRecognizer> recognizers, IOptions<SttOptions> options)
{
    private readonly Dictionary<string, ISpeechRecognizer> byName = recognizers.ToDictionary(r => r.Name);

    public IEnumerable<string> Languages => options.Value.Providers.Keys;

    /// <summary>The providers of a language, best first; none when nobody is configured for it.</summary>
    public IReadOnlyList<ISpeechRecognizer> ProvidersOf(string language) =>
        options.Value.Providers.TryGetValue(language, out var names) ? [.. names.Select(name => byName[name]).Where(r => r.Hears(language))] : [];

    /// <summary>The first provider of the language that is well. Throws <see cref="DependencyException"/> when there is none, and says why.</summary>
    public async ValueTask<ISpeechRecognizer> ChooseAsync(string language, CancellationToken ct)
    {
        var reasons = new List<string>();
        foreach (var provider in ProvidersOf(language))
        {
            if (await provider.ProbeAsync(language, ct) is not { } reason)
            {
                return provider;
            }

            reasons.Add(reason);
        }

        throw new DependencyException("recognizer_unavailable", reasons.Count > 0
            ? $"Nobody can hear \"{language}\" at the moment ({string.Join("; ", reasons)}): please write."
            : $"No recogniser for \"{language}\" is configured: please write.");
    }

    /// <summary>Word times in what it yields count samples at <paramref name="sampleRate"/>.</summary>
    /// <param name="provider">From <see cref="ChooseAsync"/>.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="audio">PCM16 mono at <paramref name="sampleRate"/>, in chunks of any length.</param>
    /// <param name="sampleRate">One of <see cref="SampleRates"/>.</param>
    /// <param name="ct">Ends the recognition within a chunk.</param>
    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        ISpeechRecognizer provider, RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, int sampleRate, [EnumeratorCancellation] CancellationToken ct)
    {
        var intake = new SpeechIntake(sampleRate, options.Value.MaxDuration);
        await foreach (var transcript in provider.RecognizeAsync(request, intake.ReadAsync(audio, ct), ct))
        {
            if (transcript.IsFinal)
            {
                RecognitionTelemetry.Recognized(intake.EndedAt ?? Stopwatch.GetTimestamp(), provider.Name, request.Language, transcript);
            }

            yield return transcript with
            {
                Words = [.. transcript.Words.Select(w => w with { StartSample = Scale(w.StartSample), EndSample = Scale(w.EndSample) })],
            };
        }

        long Scale(long sample) => sample * sampleRate / Transcript.SampleRate;
    }
}
