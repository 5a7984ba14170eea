namespace Museum.Benchmarks.Call.Sound;

/// <summary>
/// A cough where no recording of one is to be had: a burst of air (50 ms), breath through an open throat (150 ms), and a voiced tail that
/// falls in pitch (150 ms); once or twice, as coughs come. Softer evidence than a recording.
/// </summary>
internal static class SyntheticCough
{
    public static short[] Of(int seed)
    {
        var random = new Random(seed);
        var (pitch, times) = (100 + (random.NextDouble() * 130), 1 + random.Next(2));
        var sound = new List<double>();
        for (var i = 0; i < times; i++)
        {
            sound.AddRange(Breath(random, 0.05, 1.0, 0.15));
            sound.AddRange(Breath(random, 0.15, 0.45, 0.5));
            sound.AddRange(Tail(random, pitch, 0.15));
            sound.AddRange(new double[(int)(0.12 * Pcm.Rate)]);
        }

        return Pcm.ToPeak(sound, 0.6);
    }

    /// <summary>Noise behind a low pass: <paramref name="open"/> is how much of the high is let through.</summary>
    private static IEnumerable<double> Breath(Random random, double seconds, double loud, double open)
    {
        var low = 0d;
        var samples = (int)(seconds * Pcm.Rate);
        for (var i = 0; i < samples; i++)
        {
            low += (0.2 + open) * ((2 * random.NextDouble()) - 1 - low);
            yield return loud * low * Math.Sin(Math.PI * (i + 1) / (samples + 1));
        }
    }

    /// <summary>A hoarse voice: a falling buzz, with breath in it.</summary>
    private static IEnumerable<double> Tail(Random random, double pitch, double seconds)
    {
        var samples = (int)(seconds * Pcm.Rate);
        var phase = 0d;
        for (var i = 0; i < samples; i++)
        {
            var gone = i / (double)samples;
            phase += pitch * (1 - (0.35 * gone)) / Pcm.Rate;
            var buzz = (2 * (phase % 1)) - 1;
            yield return 0.4 * (1 - gone) * (buzz + (0.6 * ((2 * random.NextDouble()) - 1)));
        }
    }
}
