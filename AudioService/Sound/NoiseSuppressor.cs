using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Museum.AudioService.Sound;

/// <summary>
/// Takes the steady noise of a room out of speech while it streams:
/// <code>
/// 1 overlapping windows of 16 or 32 ms, to the spectrum
/// 2 per frequency the noise's power: it moves by as much as speech is unlikely (Gerkmann and Hendriks, "Unbiased MMSE-based noise power
///   estimation with low complexity and low tracking delay", IEEE Trans. Audio Speech Lang. Process. 20(4), 2012)
/// 3 per frequency the speech's share, from this window and the one before ("decision-directed"), and the gain that makes the smallest
///   error in the logarithm of the amplitude (Ephraim and Malah, IEEE Trans. Acoust. Speech Signal Process. 32(6) 1984 and 33(2) 1985)
/// 4 back to sound, windows added up
/// </code>
/// As many samples come out as go in, each at its place; the last 8 to 24 ms wait for more. Knows nothing of recognition: any stream of
/// PCM16 mono at 16 kHz can go through it. For one utterance or call, on one thread at a time.
/// </summary>
internal sealed class NoiseSuppressor
{
    // Before somebody speaks there is a moment, 96 ms, that is the room's alone.
    private const int FirstSamples = 1_536;

    // What is left of noise, −18 dB: silence between words would sound, and be recognised, like nothing a microphone makes.
    private const float Floor = 0.126f;

    // Per 16 ms.
    private const float NoiseSmoothing = 0.8f;
    private const float PresenceSmoothing = 0.9f;
    private const float SmoothedSamples = 256;

    // Speech, where there is some, is 15 dB above the noise.
    private const float SpeechRatio = 31.6f;

    private readonly NoiseView view;
    private readonly int firstWindows;
    private readonly float noiseSmoothing;
    private readonly float presenceSmoothing;
    private readonly float[] weights;
    private readonly float overlap;
    private readonly Fourier fourier;
    private readonly float[] real;
    private readonly float[] imaginary;
    private readonly float[] heard;
    private readonly float[] made;
    private readonly float[] noise;
    private readonly float[] presence;
    private readonly float[] speech;
    private int filled;
    private long taken;
    private long windows;
    private long given;

    public NoiseSuppressor(NoiseView? view = null)
    {
        this.view = view ??= NoiseView.Sharp;
        firstWindows = FirstSamples / view.Hop;
        noiseSmoothing = MathF.Pow(NoiseSmoothing, view.Hop / SmoothedSamples);
        presenceSmoothing = MathF.Pow(PresenceSmoothing, view.Hop / SmoothedSamples);
        weights = [.. Enumerable.Range(0, view.Window).Select(i => MathF.Sqrt(0.5f - (0.5f * MathF.Cos(2 * MathF.PI * (i + 0.5f) / view.Window))))];
        overlap = Enumerable.Range(0, view.Window / view.Hop).Sum(i => weights[i * view.Hop] * weights[i * view.Hop]);
        fourier = new Fourier(view.Window);
        (real, imaginary, heard, made) = (new float[view.Window], new float[view.Window], new float[view.Window], new float[view.Window]);
        (noise, presence, speech) = (new float[Bins], new float[Bins], new float[Bins]);
        given = view.Hop - view.Window;
    }

    private int Bins => (view.Window / 2) + 1;

    /// <summary>The samples that these complete.</summary>
    public short[] Push(ReadOnlySpan<short> samples)
    {
        taken += samples.Length;
        var cleaned = new List<short>(samples.Length + view.Hop);
        foreach (var sample in samples)
        {
            Take(sample, cleaned);
        }

        return [.. cleaned];
    }

    /// <summary>The rest, as if silence followed.</summary>
    public short[] Finish()
    {
        var cleaned = new List<short>();
        while (given < taken)
        {
            Take(0, cleaned);
        }

        CollectionsMarshal.SetCount(cleaned, Math.Max(0, cleaned.Count - (int)(given - taken)));
        return [.. cleaned];
    }

    private void Take(float sample, List<short> cleaned)
    {
        heard[view.Window - view.Hop + filled++] = sample;
        if (filled < view.Hop)
        {
            return;
        }

        filled = 0;
        Clean();
        for (var i = 0; i < view.Hop; i++, given++)
        {
            if (given >= 0)
            {
                cleaned.Add((short)Math.Clamp(MathF.Round(made[i] / overlap), short.MinValue, short.MaxValue));
            }
        }

        heard.AsSpan(view.Hop).CopyTo(heard);
        made.AsSpan(view.Hop).CopyTo(made);
        made.AsSpan(view.Window - view.Hop).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Clean()
    {
        for (var i = 0; i < view.Window; i++)
        {
            (real[i], imaginary[i]) = (heard[i] * weights[i], 0);
        }

        fourier.Forward(real, imaginary);
        // Windows that reach before the first sample tell nothing of the room.
        var room = windows++ - (view.Window / view.Hop) + 2;
        for (var k = 0; k < Bins; k++)
        {
            var power = (real[k] * real[k]) + (imaginary[k] * imaginary[k]) + 1e-3f;
            Listen(k, power, room);
            var gain = Gain(k, power);
            (real[k], imaginary[k]) = (real[k] * gain, imaginary[k] * gain);
            if (k > 0 && k < view.Window / 2)
            {
                (real[view.Window - k], imaginary[view.Window - k]) = (real[k], -imaginary[k]);
            }
        }

        fourier.Backward(real, imaginary);
        for (var i = 0; i < view.Window; i++)
        {
            made[i] += real[i] * weights[i] / view.Window;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Listen(int k, float power, long room)
    {
        if (room <= 1)
        {
            noise[k] = power;
        }
        else if (room <= firstWindows)
        {
            noise[k] += (power - noise[k]) / room;
        }
        else
        {
            var ratio = Math.Min(power / noise[k], 200);
            var present = 1 / (1 + ((1 + SpeechRatio) * MathF.Exp(-ratio * SpeechRatio / (1 + SpeechRatio))));
            presence[k] = (presenceSmoothing * presence[k]) + ((1 - presenceSmoothing) * present);
            // A noise that grew suddenly is not taken for speech for ever.
            present = presence[k] > 0.99f ? Math.Min(present, 0.99f) : present;
            var now = (present * noise[k]) + ((1 - present) * power);
            noise[k] = (noiseSmoothing * noise[k]) + ((1 - noiseSmoothing) * now);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Gain(int k, float power)
    {
        var after = power / noise[k];
        var before = Math.Max(
            (view.DecisionDirected * speech[k] / noise[k]) + ((1 - view.DecisionDirected) * Math.Max(after - 1, 0)),
            Floor * Floor);
        var wiener = before / (1 + before);
        var gain = Math.Min(1, wiener * MathF.Exp(0.5f * ExponentialIntegral(Math.Max(wiener * after, 1e-8f))));
        speech[k] = gain * gain * power;
        return Math.Max(gain, Floor);
    }

    /// <summary>E₁ for x above 0 (Abramowitz and Stegun 5.1.53 and 5.1.54, the latter to two terms: 5·10⁻⁵).</summary>
    private static float ExponentialIntegral(float x) => x < 1
        ? -0.57721566f + (x * (0.99999193f + (x * (-0.24991055f + (x * (0.05519968f + (x * (-0.00976004f + (x * 0.00107857f))))))))) - MathF.Log(x)
        : MathF.Exp(-x) / x * (((x + 2.334733f) * x) + 0.250621f) / (((x + 3.330657f) * x) + 1.681534f);
}
