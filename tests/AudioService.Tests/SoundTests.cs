using Museum.AudioService.Sound;
using Museum.AudioService.Synthesis;
using Museum.Contracts.Speech;

namespace Museum.AudioService.Tests;

public sealed class SoundTests
{
    [Theory]
    [InlineData(22_050, 16_000, 440)]
    [InlineData(22_050, 16_000, 6_000)]
    [InlineData(22_050, 48_000, 1_000)]
    [InlineData(16_000, 24_000, 3_000)]
    [InlineData(16_000, 48_000, 6_500)]
    [InlineData(16_000, 8_000, 3_000)]
    [InlineData(22_050, 44_100, 5_000)]
    public void A_sine_comes_out_of_the_resampler_with_more_than_50_dB_over_its_errors(int from, int to, int hertz)
    {
        var output = Resample(Sine(from, hertz, from), from, to, piece: 333);
        Assert.Equal(to, output.Length);
        double signal = 0, noise = 0;
        for (var i = to / 10; i < to * 9 / 10; i++)
        {
            var ideal = 0.5 * Math.Sin(2 * Math.PI * hertz * i / to);
            signal += ideal * ideal;
            noise += Math.Pow(output[i] - ideal, 2);
        }

        Assert.InRange(10 * Math.Log10(signal / noise), 50, 200);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_does_not_come_back_as_another_tone()
    {
        var output = Resample(Sine(22_050, 9_500, 22_050), 22_050, 16_000, piece: 882);
        var left = Math.Sqrt(output.Skip(1_000).Take(14_000).Average(s => s * s));
        Assert.InRange(20 * Math.Log10(left / 0.354), -200, -50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(97)]
    [InlineData(4_000)]
    public void The_size_of_the_pieces_makes_no_difference(int piece)
    {
        var input = Sine(22_050, 700, 5_000);
        Assert.Equal(Resample(input, 22_050, 16_000, 5_000), Resample(input, 22_050, 16_000, piece));
    }

    [Fact]
    public void Nothing_clips_and_quiet_sound_keeps_its_shape()
    {
        var loud = new Loudness(Loudness.Target).Apply([.. Enumerable.Range(-40, 81).Select(i => i / 10f)]);
        Assert.Equal(loud.Order(), loud);
        Assert.InRange(loud[^1], 32_000, 32_767);
        Assert.Equal([3_276, -9_830], new Loudness(Loudness.Target).Apply([0.1f, -0.3f]));
        Assert.Equal([6_553], new Loudness(Loudness.Target / 2).Apply([0.1f]));
    }

    [Fact]
    public void Silence_is_cut_to_80_ms_before_and_150_ms_after_and_kept_inside()
    {
        const int rate = 16_000;
        var trimmer = new SilenceTrimmer(rate);
        float[] silence = new float[rate / 2], tone = Sine(rate, 300, rate / 4);
        float[] sound = [.. silence, .. tone, .. silence, .. tone, .. silence];
        float[] output = [.. sound.Chunk(320).SelectMany(trimmer.Push), .. trimmer.Finish()];
        Assert.InRange(output.Length, rate * (0.08 + 0.25 + 0.5 + 0.25 + 0.15) - 20, rate * (0.08 + 0.25 + 0.5 + 0.25 + 0.15) + 20);
        Assert.InRange(trimmer.Dropped, (rate * 0.42) - 5, (rate * 0.42) + 5);
    }

    [Fact]
    public void Times_move_with_the_silence_that_was_cut_and_the_sample_rate()
    {
        var pause = new TimedPhone("pau", "arpabet", 0, 8_000);
        var vowel = new TimedPhone("aa", "arpabet", 8_000, 12_000);
        var end = new TimedPhone("pau", "arpabet", 12_000, 20_000);
        short[] pcm = [.. new short[8_000], .. Sine(16_000, 300, 4_000).Select(s => (short)(s * 20_000)), .. new short[8_000]];
        var piece = new SpeechPiece(16_000) { Pcm = pcm, Phones = [pause, vowel, end], TimesComplete = true };
        var shaper = new SpeechShaper(piece, 24_000);
        SpeechPiece first = shaper.Push(piece)!, last = shaper.Finish()!;
        var phones = first.Phones.Concat(last.Phones).ToArray();
        Assert.InRange(phones[1].StartSample, 24 * 79, 24 * 81);
        Assert.Equal(6_000, phones[1].EndSample - phones[1].StartSample);
        Assert.InRange(first.Pcm.Length + last.Pcm.Length - phones[2].EndSample, -24, 24);
    }

    private static float[] Sine(int rate, int hertz, int count) => [.. Enumerable.Range(0, count).Select(i => (float)(0.5 * Math.Sin(2 * Math.PI * hertz * i / rate)))];

    private static float[] Resample(float[] input, int from, int to, int piece)
    {
        var resampler = new Resampler(from, to);
        return [.. input.Chunk(piece).SelectMany(resampler.Push), .. resampler.Finish()];
    }
}
