using Museum.AudioService.Sound;

namespace Museum.VoiceCallService.BargeIn;

/// <summary>
/// Short-time spectra of sound at 8 kHz: windows of 32 ms every 16 ms, 250 to 3,500 Hz, the real and the imaginary parts of a window's bins
/// side by side in memory. Buffers are made once.
/// </summary>
internal sealed class EchoSpectra(int mostFrames)
{
    public const int SampleRate = 8_000;
    public const int Window = 256;
    public const int Hop = 128;

    /// <summary>Per window; a multiple of every vector's width.</summary>
    public const int Bins = 112;

    private const int FirstBin = 8;

    private static readonly float[] Hann = [.. Enumerable.Range(0, Window).Select(i => 0.5f - (0.5f * MathF.Cos(2 * MathF.PI * (i + 0.5f) / Window)))];

    private readonly Fourier fourier = new(Window);
    private readonly float[] first = new float[Window];
    private readonly float[] second = new float[Window];

    public float[] Real { get; } = new float[mostFrames * Bins];

    public float[] Imaginary { get; } = new float[mostFrames * Bins];

    public int Frames { get; private set; }

    public static int FramesOf(int samples) => samples < Window ? 0 : ((samples - Window) / Hop) + 1;

    public void Take(ReadOnlySpan<float> samples)
    {
        Frames = FramesOf(samples.Length);
        for (var frame = 0; frame < Frames; frame += 2)
        {
            Load(samples[(frame * Hop)..], first);
            if (frame + 1 < Frames)
            {
                Load(samples[((frame + 1) * Hop)..], second);
            }

            fourier.Forward(first, second);
            Part(frame);
        }
    }

    private static void Load(ReadOnlySpan<float> samples, float[] into)
    {
        for (var i = 0; i < Window; i++)
        {
            into[i] = samples[i] * Hann[i];
        }
    }

    /// <summary>Two real windows went through one transform as its real and its imaginary part; their symmetry parts them again.</summary>
    private void Part(int frame)
    {
        var (at, next) = (frame * Bins, (frame + 1) * Bins);
        for (var bin = 0; bin < Bins; bin++)
        {
            var (k, mirrored) = (bin + FirstBin, Window - bin - FirstBin);
            Real[at + bin] = 0.5f * (first[k] + first[mirrored]);
            Imaginary[at + bin] = 0.5f * (second[k] - second[mirrored]);
            if (frame + 1 < Frames)
            {
                Real[next + bin] = 0.5f * (second[k] + second[mirrored]);
                Imaginary[next + bin] = 0.5f * (first[mirrored] - first[k]);
            }
        }
    }
}
