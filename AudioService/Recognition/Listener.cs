using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Museum.AudioService.Sound;
using Museum.ServiceDefaults.Degradation;
using Museum.ServiceDefaults.Errors;

namespace Museum.AudioService.Recognition;

/// <summary>
/// Hears an utterance with the best provider that can, at any accepted sample rate and no longer than allowed. When a provider fails, be
/// it in the middle, the next one hears the utterance from its beginning: partial transcripts may change, as they always may, and the
/// final one is the next provider's.
/// </summary>
internal sealed class Listener(Providers<ISpeechRecognizer> ears, IEnumerable<ISpeechRecognizer> recognizers, IOptionsMonitor<SttOptions> options)
{
    // Partial transcripts come a few times a second and are taken at once.
    private const int MostWaiting = 16;

    /// <exception cref="DependencyException"><c>no_recognizer</c>: none is configured for this language.</exception>
    public Capability<ISpeechRecognizer> HearingOf(string language) => ears.Capabilities.TryGetValue(HearingCapability.Of(language), out var hearing)
        ? hearing
        : throw new DependencyException("no_recognizer", HearingCapability.NotConfigured(language));

    /// <summary>Who is asked first just now; null: nobody is up.</summary>
    /// <exception cref="DependencyException"><c>no_recognizer</c>: none is configured for this language.</exception>
    public ISpeechRecognizer? BestOf(string language) =>
        HearingOf(language).Providers.FirstOrDefault(p => p.IsUp) is { } best ? recognizers.Single(r => r.Name == best.Name) : null;

    /// <summary>Word times in what it yields count samples at <paramref name="sampleRate"/>.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="audio">PCM16 mono at <paramref name="sampleRate"/>, in chunks of any length that stay as they are.</param>
    /// <param name="sampleRate">One of <see cref="SampleRates"/>.</param>
    /// <param name="ct">Ends the recognition within a chunk.</param>
    /// <exception cref="DependencyException"><c>no_recognizer</c>, or <c>recognizer_unavailable</c>: all that are configured are down.</exception>
    public async IAsyncEnumerable<Transcript> RecognizeAsync(
        RecognitionRequest request, IAsyncEnumerable<ReadOnlyMemory<short>> audio, int sampleRate, [EnumeratorCancellation] CancellationToken ct)
    {
        var hearing = HearingOf(request.Language);
        var intake = new SpeechIntake(sampleRate, options.CurrentValue.MaxDuration);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var transcripts = Channel.CreateBounded<Transcript>(MostWaiting);
        await using var speech = new SpeechSoFar(intake.ReadAsync(audio, stop.Token), stop.Token);
        var work = HearAsync(hearing, request, speech, transcripts.Writer, stop.Token);
        try
        {
            await foreach (var transcript in transcripts.Reader.ReadAllAsync(ct))
            {
                if (transcript.IsFinal)
                {
                    RecognitionTelemetry.Recognized(intake.EndedAt ?? Stopwatch.GetTimestamp(), transcript.Provider, request.Language, transcript);
                }

                yield return transcript with
                {
                    Words = [.. transcript.Words.Select(w => w with { StartSample = Scale(w.StartSample), EndSample = Scale(w.EndSample) })],
                };
            }
        }
        finally
        {
            await stop.CancelAsync();
            await work;
        }

        long Scale(long sample) => sample * sampleRate / Transcript.SampleRate;
    }

    /// <summary>Fails never: how it ended is how the channel ends.</summary>
    private static async Task HearAsync(
        Capability<ISpeechRecognizer> hearing, RecognitionRequest request, SpeechSoFar speech, ChannelWriter<Transcript> transcripts, CancellationToken ct)
    {
        try
        {
            await hearing.UseAsync(
                async (provider, attempt) =>
                {
                    try
                    {
                        await foreach (var transcript in provider.RecognizeAsync(request, speech.ReadAsync(attempt), attempt))
                        {
                            await transcripts.WriteAsync(transcript with { Provider = provider.Name }, attempt);
                        }
                    }
                    catch (Exception) when (speech.Failure is not null)
                    {
                        // The speaker's connection, or the speech itself: no provider is to blame, and none can do better.
                    }

                    return true;
                },
                ct);
            transcripts.Complete(speech.Failure);
        }
        catch (DependencyException e) when (e.Code == HearingCapability.AwayCode)
        {
            transcripts.Complete(new DependencyException("recognizer_unavailable", $"Nobody can hear \"{request.Language}\" at the moment ({hearing.Reading.Reason}): please write."));
        }
        catch (Exception e)
        {
            transcripts.Complete(e);
        }
    }
}
