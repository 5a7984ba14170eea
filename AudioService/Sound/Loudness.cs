using System.Runtime.CompilerServices;

namespace Museum.AudioService.Sound;

/// <summary>
/// Brings voices to one loudness: a gain that is constant for a voice, so that nothing pumps, then a limiter that bends what would
/// clip. Streaming by nature: neither looks ahead.
/// </summary>
internal sealed class Loudness(double voiceLevel)
{
    /// <summary>RMS of speech that every voice is brought to, relative to full scale: −20 dB.</summary>
    public const double Target = 0.1;

    // Below this the limiter leaves everything as it is; above, it approaches full scale and never reaches it.
    private const float Knee = 0.7f;

    private readonly float gain = (float)Math.Clamp(Target / voiceLevel, 0.1, 10);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public short[] Apply(ReadOnlySpan<float> samples)
    {
        var loud = new short[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            loud[i] = (short)(Limit(samples[i] * gain) * short.MaxValue);
        }

        return loud;
    }

    /// <summary>What is made already, louder (up to 2) or softer.</summary>
    public static short[] Scale(ReadOnlySpan<short> samples, double volume)
    {
        var scaled = new short[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            scaled[i] = (short)(Limit((float)(samples[i] * volume / short.MaxValue)) * short.MaxValue);
        }

        return scaled;
    }

    private static float Limit(float x)
    {
        var size = MathF.Abs(x);
        return size <= Knee ? x : MathF.CopySign(Knee + ((1 - Knee) * MathF.Tanh((size - Knee) / (1 - Knee))), x);
    }
}
