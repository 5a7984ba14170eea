namespace Museum.AudioService.Tests.Recognition;

/// <summary>Pink noise (−3 dB per octave, Kellet's filter): what halls and ventilation sound like.</summary>
internal static class RoomNoise
{
    /// <summary>Of a seed, always the same.</summary>
    public static double[] Of(int samples)
    {
        var random = new Random(7);
        double b0 = 0, b1 = 0, b2 = 0;
        var noise = new double[samples];
        for (var i = 0; i < noise.Length; i++)
        {
            var white = (2 * random.NextDouble()) - 1;
            b0 = (0.99765 * b0) + (white * 0.0990460);
            b1 = (0.96300 * b1) + (white * 0.2965164);
            b2 = (0.57000 * b2) + (white * 1.0526913);
            noise[i] = b0 + b1 + b2 + (white * 0.1848);
        }

        return noise;
    }

    /// <summary>So many dB below the speech, which is measured where there is speech.</summary>
    public static short[] Add(short[] speech, double decibels)
    {
        var noise = Of(speech.Length);
        var loud = speech.Chunk(320).Select(f => f.Average(s => (double)s * s)).Where(power => power > 100 * 100).DefaultIfEmpty(1).Average();
        var gain = Math.Sqrt(loud / noise.Average(n => n * n) / Math.Pow(10, decibels / 10));
        return [.. speech.Select((s, i) => (short)Math.Clamp(s + (gain * noise[i]), short.MinValue, short.MaxValue))];
    }
}
