using Museum.VoiceCallService.Microphones;

namespace Museum.VoiceCallService.Tests.Microphones;

public sealed class MicrophoneCleanerTests
{
    private static readonly short[] Noise = [.. Enumerable.Range(0, 1_000).Select(i => (short)i)];

    [Fact]
    public void Switched_off_it_gives_back_what_came() => Assert.Equal(Noise, new MicrophoneCleaner(new MicrophoneOptions()).Clean(Noise).ToArray());

    [Fact]
    public void Switched_on_steady_noise_falls_by_ten_decibels_and_more()
    {
        var random = new Random(3);
        short[] noise = [.. Enumerable.Range(0, 48_000).Select(_ => (short)random.Next(-1_000, 1_001))];
        var cleaner = new MicrophoneCleaner(new MicrophoneOptions { NoiseSuppression = true });
        short[] clean = [.. noise.Chunk(320).SelectMany(frame => cleaner.Clean(frame).ToArray())];
        Assert.InRange(clean.Length, noise.Length - 256, noise.Length);
        Assert.InRange(Energy(clean[16_000..]) / Energy(noise[16_000..]), 0, 0.1);
    }

    private static double Energy(short[] samples) => samples.Average(s => (double)s * s);
}
