using Museum.AudioService.Tests.Recognition;

namespace Museum.Benchmarks.Call.Sound;

/// <summary>What a microphone gets while nobody speaks: pink noise, without end; every call begins elsewhere in it.</summary>
internal sealed class Hall
{
    /// <summary>A quiet room: −66 dB of full scale.</summary>
    private const double QuietRms = 16;

    /// <summary>Speech of the voices that ask, where there is speech (benchmarks/Speech, "level of"): 15 dB below it is a loud hall.</summary>
    private const double SpeechRms = 0.1 * short.MaxValue;

    private static readonly double[] Noise = RoomNoise.Of(20 * Pcm.Rate);
    private static readonly double Rms = Math.Sqrt(Noise.Average(n => n * n));
    private readonly double gain;

    private Hall(double rms) => gain = rms / Rms;

    public static Hall Quiet { get; } = new(QuietRms);

    public static Hall Loud { get; } = new(SpeechRms / Math.Pow(10, 15 / 20d));

    public double At(long sample) => gain * Noise[sample % Noise.Length];
}
