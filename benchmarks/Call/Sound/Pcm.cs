using System.Runtime.InteropServices;

namespace Museum.Benchmarks.Call.Sound;

/// <summary>PCM16, mono, 16 kHz: what a page's microphone sends, and what a call's loudspeaker gets.</summary>
internal static class Pcm
{
    public const int Rate = 16_000;

    /// <summary>40 ms, as the page's worklet posts them (web/src/audio/captureWorklet.js).</summary>
    public const int FrameSamples = 640;

    /// <summary>Above it there is speech, below it the voice's own hiss and fading: −50 dB of full scale.</summary>
    private const int Audible = 104;

    public static double Ms(long samples) => samples * 1000d / Rate;

    public static short[] Read(byte[] bytes) => MemoryMarshal.Cast<byte, short>(bytes).ToArray();

    /// <summary>The first and the last sample that can be heard; (0, 0) of silence.</summary>
    public static (int First, int Last) Edges(ReadOnlySpan<short> pcm)
    {
        var first = 0;
        while (first < pcm.Length && Math.Abs((int)pcm[first]) < Audible)
        {
            first++;
        }

        var last = pcm.Length - 1;
        while (last > first && Math.Abs((int)pcm[last]) < Audible)
        {
            last--;
        }

        return first >= pcm.Length ? (0, 0) : (first, last);
    }

    /// <summary>With its loudest sample at a share of full scale.</summary>
    public static short[] ToPeak(IReadOnlyCollection<double> samples, double share)
    {
        var peak = samples.Max(Math.Abs);
        return [.. samples.Select(s => (short)(s / peak * share * short.MaxValue))];
    }

    /// <summary>Faster and higher, or slower and lower: another throat, another door.</summary>
    public static short[] AtSpeed(short[] pcm, double speed)
    {
        var changed = new short[(int)((pcm.Length - 1) / speed)];
        for (var i = 0; i < changed.Length; i++)
        {
            var at = i * speed;
            var (whole, part) = ((int)at, at % 1);
            changed[i] = (short)((pcm[whole] * (1 - part)) + (pcm[whole + 1] * part));
        }

        return changed;
    }
}
