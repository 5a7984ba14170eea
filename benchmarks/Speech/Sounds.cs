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

    /// <summary>Pink noise (−3 dB per octave, Kellet's filter) at so many dB below the speech.</summary>
    public static short[] WithNoise(short[] speech, double decibels)
    {
        var random = new Random(7);
        double b0 = 0, b1 = 0, b2 = 0;
        var noise = new double[speech.Length];
        for (var i = 0; i < noise.Length; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            b0 = (0.99765 * b0) + (white * 0.0990460);
            b1 = (0.96300 * b1) + (white * 0.2965164);
            b2 = (0.57000 * b2) + (white * 1.0526913);
            noise[i] = b0 + b1 + b2 + (white * 0.1848);
        }

        // Speech is measured where there is speech.
        var loud = speech.Chunk(320).Select(f => f.Average(s => (double)s * s)).Where(power => power > 100 * 100).DefaultIfEmpty(1).Average();
        var gain = Math.Sqrt(loud / noise.Average(n => n * n) / Math.Pow(10, decibels / 10));
        return [.. speech.Select((s, i) => (short)Math.Clamp(s + (gain * noise[i]), short.MinValue, short.MaxValue))];
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
