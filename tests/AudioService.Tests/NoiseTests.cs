using Museum.AudioService.Sound;
using Museum.AudioService.Tests.Recognition;

namespace Museum.AudioService.Tests;

/// <summary>Noise taken out of speech while it streams.</summary>
public sealed class NoiseTests(Ears ears) : IClassFixture<Ears>
{
    private const string Sentence = "Where does The Starry Night hang today?";

    [Theory, InlineData(1), InlineData(160), InlineData(1_600), InlineData(1_000_000)]
    public async Task As_many_samples_come_out_as_go_in_whatever_pieces_they_come_in(int piece)
    {
        var pcm = RoomNoise.Add(await ears.SayAsync(Sentence), 15);
        Assert.Equal(Suppressed(pcm, 777), Suppressed(pcm, piece));
        Assert.Equal(pcm.Length, Suppressed(pcm, piece).Length);
        Assert.Empty(Suppressed([], piece));
        Assert.Equal(10, Suppressed(pcm[..10], piece).Length);
    }

    [Fact]
    public async Task However_sound_is_looked_at_it_stays_in_its_place_whatever_pieces_it_comes_in()
    {
        var clean = await ears.SayAsync(Sentence);
        foreach (var view in new[] { NoiseView.Sharp, NoiseView.Fine, NoiseView.Quick })
        {
            Assert.Equal(Suppressed(clean, 777, view), Suppressed(clean, 1_000_000, view));
            Assert.InRange(Decibels(Error(Suppressed(clean, 1_600, view), clean), Power(clean)), -100, -25);
        }
    }

    [Fact]
    public async Task Noise_goes_and_speech_stays_in_its_place_and_as_loud_as_it_was()
    {
        var clean = await ears.SayAsync(Sentence);
        var noisy = RoomNoise.Add(clean, 15);
        var suppressed = Suppressed(noisy, 1_600);
        Assert.InRange(Decibels(Error(suppressed, clean), Error(noisy, clean)), -30, -3);
        // The last of the quiet after the sentence.
        Assert.InRange(Decibels(Power(suppressed.AsSpan(^3_200..)), Power(noisy.AsSpan(^3_200..))), -25, -6);
        Assert.InRange(Decibels(Power(suppressed), Power(clean)), -1, 1);
    }

    [Fact]
    public async Task Speech_without_noise_goes_through_as_it_is()
    {
        var clean = await ears.SayAsync(Sentence);
        Assert.InRange(Decibels(Error(Suppressed(clean, 1_600), clean), Power(clean)), -100, -25);
    }

    [Fact]
    public void A_noise_that_begins_later_is_found()
    {
        var noise = RoomNoise.Of(10 * 16_000).Select(n => (short)(300 * n)).ToArray();
        noise.AsSpan(0, 32_000).Clear();
        var suppressed = Suppressed(noise, 1_600);
        Assert.InRange(Decibels(Power(suppressed.AsSpan(^32_000..)), Power(noise.AsSpan(^32_000..))), -25, -9);
    }

    [Theory, InlineData(8), InlineData(512)]
    public void A_transform_is_what_the_sum_says_and_its_inverse_gives_it_back(int size)
    {
        var random = new Random(3);
        float[] re = [.. Enumerable.Range(0, size).Select(_ => random.NextSingle())], im = [.. re.Select(_ => random.NextSingle())];
        float[] real = [.. re], imaginary = [.. im];
        var fourier = new Fourier(size);
        fourier.Forward(real, imaginary);
        for (var k = 0; k < size; k += size / 8)
        {
            var sum = Enumerable.Range(0, size).Aggregate(System.Numerics.Complex.Zero, (s, i) => s + (new System.Numerics.Complex(re[i], im[i]) * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * i * k / size)));
            Assert.Equal(sum.Real, real[k], 0.01);
            Assert.Equal(sum.Imaginary, imaginary[k], 0.01);
        }

        fourier.Backward(real, imaginary);
        Assert.All(Enumerable.Range(0, size), i => Assert.Equal((re[i], im[i]), (real[i] / size, imaginary[i] / size), Near));
    }

    private static bool Near((float, float) a, (float, float) b) => Math.Abs(a.Item1 - b.Item1) < 1e-4 && Math.Abs(a.Item2 - b.Item2) < 1e-4;

    private static short[] Suppressed(short[] pcm, int piece, NoiseView? view = null)
    {
        var suppressor = new NoiseSuppressor(view);
        return [.. pcm.Chunk(piece).SelectMany(chunk => suppressor.Push(chunk)), .. suppressor.Finish()];
    }

    private static double Power(ReadOnlySpan<short> pcm)
    {
        double sum = 0;
        foreach (var sample in pcm)
        {
            sum += (double)sample * sample;
        }

        return sum / pcm.Length;
    }

    private static double Error(short[] pcm, short[] clean) => pcm.Zip(clean, (a, b) => Math.Pow(a - b, 2)).Average();

    private static double Decibels(double power, double reference) => 10 * Math.Log10((power + 1e-9) / (reference + 1e-9));
}
