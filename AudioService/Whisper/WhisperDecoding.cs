using Museum.AudioService.Recognition;
using Museum.ServiceDefaults.Errors;
using Whisper.net;

namespace Museum.AudioService.Whisper;

/// <summary>What Whisper heard in a stretch of sound.</summary>
/// <param name="Language">Null: nothing was said.</param>
/// <param name="Confidence">0–1: the average of its tokens, less how likely it is that nobody spoke.</param>
internal sealed record WhisperHeard(string Text, string? Language, double Confidence, IReadOnlyList<HeardWord> Words);

/// <summary>One recognition of a stretch of sound, on a thread of its own.</summary>
internal static class WhisperDecoding
{
    // Whisper hears 30 s, in frames of 20 ms, whatever it is given; told of less, it works less: for 5 s a third. Much less, and it makes words up.
    private const int WholeContext = 1_500;
    private const int LeastContext = 256;
    private const int ContextStep = 64;
    private const int FrameSamples = Transcript.SampleRate / 50;

    // A word that ends with the sound is heard better with a moment of silence after it; and less than a second altogether not at all.
    private const int Silence = Transcript.SampleRate / 5;
    private const int Shortest = Transcript.SampleRate * 6 / 5;

    /// <param name="model">Stays loaded meanwhile.</param>
    /// <param name="samples">16 kHz, −1 to 1.</param>
    /// <param name="offset">Added to the words' places.</param>
    /// <param name="language">Null: Whisper finds out.</param>
    /// <param name="threads">That it may use.</param>
    /// <param name="ct">Ends it within one operation of the network.</param>
    /// <exception cref="DependencyException">It failed.</exception>
    public static async Task<WhisperHeard> RunAsync(WhisperModel model, float[] samples, long offset, string? language, int threads, CancellationToken ct)
    {
        var padded = new float[Math.Max(Shortest, samples.Length + Silence)];
        samples.CopyTo(padded, 0);
        var builder = model.Factory.CreateBuilder().WithThreads(threads).WithNoContext().WithTokenTimestamps().WithProbabilities().WithAudioContextSize(ContextOf(padded.Length));
        builder = language is null ? builder.WithLanguageDetection() : builder.WithLanguage(language);
        await using var processor = builder.Build();
        var segments = new List<SegmentData>();
        try
        {
            await foreach (var segment in processor.ProcessAsync(padded, ct))
            {
                segments.Add(segment);
            }
        }
        catch (WhisperProcessingException e)
        {
            throw new DependencyException("whisper_failed", "Whisper could not recognise the utterance.", e);
        }

        var said = segments.Where(s => s.Text.Any(char.IsLetterOrDigit)).ToList();
        return new WhisperHeard(
            string.Concat(said.Select(s => s.Text)).Trim(),
            said.FirstOrDefault()?.Language,
            said.Count == 0 ? 0 : said.Average(s => s.Probability * (1 - s.NoSpeechProbability)),
            [.. said.SelectMany(s => WhisperWords.Of(s, offset))]);
    }

    /// <summary>Frames for so many samples, in steps; of what is longer than 30 s, as always.</summary>
    public static int ContextOf(int samples)
    {
        var frames = ((samples / FrameSamples / ContextStep) + 1) * ContextStep;
        return Math.Clamp(frames, LeastContext, WholeContext);
    }
}
