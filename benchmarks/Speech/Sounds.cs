using System.Runtime.InteropServices;
using Museum.AudioService.Flite;
using Museum.AudioService.Recognition;

namespace Museum.Benchmarks.Speech;

/// <summary>What is said to the recogniser: PCM16 at 16 kHz.</summary>
internal static unsafe partial class Sounds
{
    private static readonly Dictionary<string, nint> Voices = [];

    /// <summary>By one of flite's voices, with a moment of a microphone's noise before and after.</summary>
    public static short[] Say(string text, string voice)
    {
        if (Voices.Count == 0)
        {
            _ = FliteLibrary.Init();
        }

        if (!Voices.TryGetValue(voice, out var registered))
        {
            Voices[voice] = registered = FliteLibrary.Register(voice);
        }

        var wave = Synthesize(text, registered);
        if (wave->SampleRate != Transcript.SampleRate)
        {
            throw new InvalidOperationException($"The voice {voice} speaks at {wave->SampleRate} Hz.");
        }

        var pcm = new Span<short>(wave->Samples, wave->SampleCount).ToArray();
        Free(wave);
        return [.. Quiet(0.15), .. pcm, .. Quiet(0.3)];
    }

    private static IEnumerable<short> Quiet(double seconds)
    {
        var random = new Random(1);
        return Enumerable.Range(0, (int)(seconds * Transcript.SampleRate)).Select(_ => (short)random.Next(-3, 4));
    }

    [LibraryImport("libflite.so.1", EntryPoint = "flite_text_to_wave", StringMarshalling = StringMarshalling.Utf8)]
    private static partial FliteWave* Synthesize(string text, nint voice);

    [LibraryImport("libflite.so.1", EntryPoint = "delete_wave")]
    private static partial void Free(FliteWave* wave);
}
