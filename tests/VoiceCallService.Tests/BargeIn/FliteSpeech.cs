using System.Runtime.InteropServices;
using Museum.AudioService.Flite;

namespace Museum.VoiceCallService.Tests.BargeIn;

/// <summary>What people say, by flite's voices: 16 kHz, from -1 to 1, from the first sound on.</summary>
internal static unsafe partial class FliteSpeech
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Voices = [];

    /// <param name="text">English.</param>
    /// <param name="voice">slt, rms, awb or kal16.</param>
    public static float[] Say(string text, string voice)
    {
        lock (Gate)
        {
            if (Voices.Count == 0)
            {
                _ = FliteLibrary.Init();
            }

            if (!Voices.TryGetValue(voice, out var registered))
            {
                Voices[voice] = registered = FliteLibrary.Register(voice);
            }

            // The breath in the voices is libc's rand(): the same text shall sound the same.
            SeedNoise(1);
            var wave = Synthesize(text, registered);
            var samples = new Span<short>(wave->Samples, wave->SampleCount).ToArray().Select(s => s / 32768f).SkipWhile(s => Math.Abs(s) < 0.02f).ToArray();
            Free(wave);
            return samples;
        }
    }

    [LibraryImport("libc", EntryPoint = "srand")]
    private static partial void SeedNoise(uint seed);

    [LibraryImport("libflite.so.1", EntryPoint = "flite_text_to_wave", StringMarshalling = StringMarshalling.Utf8)]
    private static partial FliteWave* Synthesize(string text, nint voice);

    [LibraryImport("libflite.so.1", EntryPoint = "delete_wave")]
    private static partial void Free(FliteWave* wave);
}
